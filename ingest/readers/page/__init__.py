"""From glyphs at their places on pages to text: what PDF, OFD, scans and pictures share.

Readers bring what they find to `model`; `columns` and `lines` put the glyphs of a page in reading
order, `furniture` and `footnotes` look over all pages for what surrounds the text, `margins` and
`paragraphs` tell where paragraphs begin, `writing` puts the text together, `marking` marks what
only the finished text shows, `doubts` says what was recognised. Which line is a chapter is not
decided here; `ingest.structure` does that.
"""
