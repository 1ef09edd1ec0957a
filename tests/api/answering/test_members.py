from __future__ import annotations

import pytest

from api.answering.members import explained


@pytest.mark.parametrize(
    ("term", "members", "text"),
    [
        ("四看", 4, "完善“四看”机制，即看水、看苗、看料、看天。"),
        ("四养塘口", 4, "创建养水、养草、养鱼、养人“四养塘口”。"),
        ("三大体系", 3, "建立三大体系：一是防病体系。二是供苗体系。三是销售体系。"),
        ("三级塘长", 3, "强化省市县“三级塘长”责任。"),
        ("两清两改", 4, "开展清淤泥、清杂草、改塘埂、改水渠“两清两改”。"),
        ("三项行动", 3, "实施“清水”“增苗”“畅销”三项行动。"),
        ("五业", 5, "加强产业就业创业行业企业“五业”联动。"),
        ("无病塘", 0, "“无病塘”是以清水养鱼、少用鱼药为特征的塘口。"),
        ("高产塘", 0, "（“高产塘”指每亩产鱼千斤以上的鱼塘。）"),
    ],
)
def test_a_term_is_explained_where_its_members_stand(term: str, members: int, text: str) -> None:
    assert explained((term,), members, text) >= 0.9


@pytest.mark.parametrize(
    ("term", "members", "text"),
    [
        ("三养", 3, "推广“三养”办法，建设一批示范塘口。"),
        ("五大行动", 5, "围绕“五大行动”，推动鱼苗、鱼药、饲料、人才、销售等领域协作。"),
        ("四大", 4, "长江经济带、水乡振兴等战略和我省“四大”建设、海洋强省部署。"),
        ("八要素", 8, "没有这个词。"),
    ],
)
def test_a_term_that_is_only_named_is_not_explained(term: str, members: int, text: str) -> None:
    assert explained((term,), members, text) < 0.5


def test_without_a_term_a_list_of_so_many_will_do() -> None:
    assert explained((), 3, "由州、县、乡负责") > 0.5
    assert explained((), 3, "由乡负责，按月公布") < 0.5
