"""Labs on disk: a learner's world with what is known of the learner, and how it is played at a terminal."""
