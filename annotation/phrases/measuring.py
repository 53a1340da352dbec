"""What the statistics of agreement, of annotators and of plans say."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

#: Why there is no number, or no interval.
REASONS = (
    noop("single-category scale"),
    noop("there are no complete ratings yet"),
    noop("there are no ratings yet"),
    noop("no item with two ratings"),
    noop("only one item has two ratings"),
    noop("no variation: only one category was used"),
    noop("no variation: items with two ratings use only one category"),
    noop("no variation: items with two ratings all have one value"),
    noop("no variation: every rating shows the same"),
    noop("no variation: rater and others use one and the same category"),
    noop("an interval needs two items with two ratings"),
    noop("an interval needs two items"),
    noop("an interval needs %(least)s items"),
    noop("a trend needs %(least)s ratings"),
    noop("no interval: every item shows the same"),
    noop("nothing to take a share of"),
    noop("no item that both the model and people have rated"),
    noop("all items show the same difference"),
    noop("single rater"),
    noop("rated no item that anybody else rated"),
    noop("the others have no single favourite on any shared item"),
    noop("the labels have no order"),
    noop("the points have no order"),
    noop("withheld: fewer than %(least)s items"),
    noop("withheld: fewer than %(least)s items with two ratings"),
    noop("withheld: fewer than %(least)s ratings"),
    noop("withheld: fewer than %(least)s shared items"),
)
#: How an interval was made.
METHODS = (
    noop("Student's t on Fisher's z"),
    noop("Student's t on Fisher's z with made-up items where few decide"),
    noop("Student's t on the logit"),
    noop("the exact bound for items that all agree alike"),
    noop("none, since every item of the population was rated"),
)
COUNTS = (
    noop("1 item"),
    noop("%(n)s items"),
    noop("1 person"),
    noop("%(n)s people"),
    noop("once"),
    noop("%(n)s times"),
)
FLAGS = (
    noop(
        "Only %(items)s with two ratings or more: below %(least)s every number here is "
        "rough."
    ),
    noop(
        "%(pairable)s of %(items)s have two ratings or more, under %(share)s: the "
        "agreement holds for all only if these were picked at random."
    ),
    noop(
        "“%(label)s” was chosen only %(times)s: chance-corrected numbers hang on those "
        "few ratings."
    ),
    noop(
        "Every item with two ratings shows the same agreement, so the standard error is "
        "0: the interval rests on the number of items alone."
    ),
    noop(
        "Alpha is low (%(low)s) while AC1 is high (%(high)s): nearly all ratings fall "
        "into one category, so look at the label shares and report both."
    ),
    noop(
        "Only %(people)s rated: that says how far these agree, not how reliable the "
        "guideline is with others."
    ),
)
#: Why somebody is thought not to look, and why that cannot be told.
SIGNS = (
    noop(
        "Contradicts the others more often than chance would: kappa %(value)s on "
        "%(ratings)s items, at most %(high)s, where the middle rater has %(middle)s. "
        "The labels may be mixed up."
    ),
    noop(
        "Agrees with the others hardly more than by chance: kappa %(value)s on "
        "%(ratings)s items, at most %(high)s, where the middle rater has %(middle)s."
    ),
    noop(
        "Chose “%(label)s” in %(chosen)s of %(ratings)s ratings; on the same items "
        "%(share)s of the others' ratings say something else."
    ),
    noop(
        "Answers much the same whatever the item: spammer score %(value)s (0 never "
        "looks, 1 never errs), where the middle rater has %(middle)s."
    ),
    noop(
        "Knew the answer on an estimated %(share)s of %(ratings)s ratings, at most "
        "%(high)s, where the middle rater knew %(middle)s."
    ),
    noop(
        "%(share)s of %(ratings)s ratings took under %(low)s seconds; the usual time is "
        "%(middle)s seconds."
    ),
    noop("Too few raters to tell: it takes %(least)s who share items with each other."),
    noop("Too few ratings to tell: %(ratings)s of shared items, %(least)s are needed."),
    noop(
        "The raters agree too little to tell: the middle one has kappa %(middle)s with "
        "the others."
    ),
)
GRAPHS = (
    noop("One person alone has rated here: nothing can be compared."),
    noop(
        "All %(raters)s annotators are tied to each other by shared items; the thinnest "
        "place is %(names)s, with %(items)s that somebody else rated too."
    ),
    noop(
        "The raters fall into %(groups)s groups that share no item (%(names)s): nothing "
        "compares one group with another."
    ),
    noop(
        "Only %(items)s tie %(names)s to %(others)s: below %(least)s the two sides are "
        "hardly comparable."
    ),
    noop("Fewer than %(least)s items shared with anybody: %(names)s."),
    noop(
        "%(share)s of the items have three ratings or more: where two disagree, the "
        "ratings alone cannot say who is right."
    ),
)
DRIFTS = (
    noop("steady"),
    noop("rises by %(value)s points (%(low)s to %(high)s)"),
    noop("falls by %(value)s points (%(low)s to %(high)s)"),
    noop("%(what)s, and that of the others with it: it may be the items"),
)
PLANS = (
    noop(
        "The pilot has fewer than %(least)s items with two ratings: judge some more, "
        "then plan."
    ),
    noop("The pilot does not tell: %(why)s."),
    noop("“%(label)s” was given always or never: no share to plan with."),
    noop("more than %(most)s items with %(raters)s raters"),
)
#: What a policy says of the judgments of an item.
DECISIONS = (
    noop("no majority: %(counts)s"),
    noop("%(chosen)s of %(votes)s accept it as it is"),
    noop("%(chosen)s of %(votes)s reject it"),
    noop("%(chosen)s of %(votes)s cannot judge it"),
    noop("%(chosen)s of %(votes)s accept the same edited text"),
    noop("%(chosen)s of %(votes)s accept it with edits, but the edits differ"),
    noop("nobody is left to judge it but who wrote it"),
    noop("%(what)s, after %(n)s rounds of edits"),
    noop("%(what)s, but whoever edited it stands behind it"),
    noop("ruled: %(words)s"),
    noop("%(what)s, but a check blocks the text: %(why)s"),
)
#: What a mark of a chart says when it is read out.
MARKS = (
    noop("%(row)s, %(series)s: undefined, %(why)s"),
    noop("%(row)s, %(series)s: %(value)s, no interval"),
    noop("%(row)s, %(series)s: %(value)s, interval %(low)s to %(high)s"),
    noop("%(row)s: %(value)s, no interval"),
    noop("%(row)s: %(value)s, interval %(low)s to %(high)s"),
    noop("%(low)s to %(high)s"),
)
#: Words that stand alone: of forms, of arms, of what a form or a file must hold.
WORDS = (
    noop("Multilingual"),
    noop("Native"),
    noop("Parquet in the columns of the source"),
    noop("Chat messages in parquet, for TRL"),
    noop("attribution"),
    noop("example"),
    noop("help"),
    noop("label"),
    noop("licence"),
    noop("name"),
    noop("revision"),
    noop("source"),
)
MEASURING = (
    *REASONS,
    *METHODS,
    *COUNTS,
    *FLAGS,
    *SIGNS,
    *GRAPHS,
    *DRIFTS,
    *PLANS,
    *DECISIONS,
    *MARKS,
    *WORDS,
)
