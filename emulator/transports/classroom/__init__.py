"""The pages of a class: the learner's lab beside its consoles, and the teacher's list of learners.

The code of a personal link makes its holder that learner, or the teacher. A learner reaches no world but their own.
"""
