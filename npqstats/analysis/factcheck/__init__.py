"""Quantities in a text, what the text says of each, and what the published cells say of it.

The way of a text through the stages:

1. `scanning`: `texts` and `dates` read a file as plain text, and its day; `sentences`, `quantities` (with `hedges`)
   and `ranking_phrases` find its sentences, its numbers and its claims in words, `payers` who paid; `passage` has
   all of these, with the phrases of the lexicon.
2. `reading`: `statement` is a sentence with what the text said before it, `named_years` has the years that it
   names, `around` what is around each of its numbers, `not_done` the words by which one counts those that did not.
   `shares`, `roles`, `subjects`, `limits`, `years` and `basis` say what the sentence says of a number, one part of
   `said.Said` each, `gaps` which two parts it sets against each other; `doubts`, `strangers`, `unread` and `framing`
   what it says besides; `topics` whether it is about NPQs. `clauses` reads a sentence, with
   `pairs` for its lists of numbers, `carried` what it leaves to the next one,
   `rows` a table, `reader` the text, with `limiting` for sentences that limit the numbers beside them.
3. `judging`: `asks` lists the figures that may be meant, `derived` works them out, a `case` has both; `judge` has
   the rules that make `findings` of it: those for a number that is such a figure are in `matches`, those for one
   that is none in `mismatches`, with `slips`, `second_look`, `surveys` and `beyond`. `consistency` holds the
   numbers of a sentence against each other; `ranking_claims` and `rankings` read and judge claims in words.

`check` does all of it. `wording.verdicts` puts the findings into sentences.
"""
