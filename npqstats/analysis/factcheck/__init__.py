"""Quantities in a text, what the text says of each, and what the published cells say of it.

The way of a text through the modules:

1. `texts` and `dates` read a file as plain text, and its day; `sentences`, `quantities` and `phrases` find its
   sentences, its numbers and its claims in words, `payers` who paid; `passage` has all of these, with the phrases of
   the lexicon.
2. `statement` is a sentence with what the text said before it, `named_years` has the years that it names, `around` what
   is around each of its numbers.
3. `shares`, `roles`, `subjects`, `limits`, `years` and `basis` say what the sentence says of a number, one part of
   `said.Said` each, `gaps` which two parts it sets against each other; `doubts`, `strangers`, `unread` and `framing`
   what it says besides; `topics` whether it is about NPQs.
4. `clauses` reads a sentence, with `pairs` for its lists of numbers, `carried` what it leaves to the next one, `rows` a
   table, `reader` the text, with `limiting` for sentences that limit the numbers beside them.
5. `asks` lists the figures that may be meant, `derived` works them out, a `case` has both; `judge` has the rules that
   make `findings` of it: those for a number that is such a figure are in `fitting`, those for one that is none in
   `otherwise`, with `slips`, `second`, `surveys` and `beyond`. `together` holds the numbers of a sentence against each
   other; `claimed` and `rankings` read and judge claims in words.
6. `check` does all of it. `wording.verdicts` puts the findings into sentences.
"""
