"""Labs: tasks in a world of their own, judged on what is true there; hints, grades, and proof that a lab is fair."""
