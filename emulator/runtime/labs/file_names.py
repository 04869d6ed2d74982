"""Names of the files of a lab in the directory of its world."""

LAB, RECORD, BEGINNING, PLACE = "lab.json", "record.jsonl", "beginning.json", "recorded.json"
