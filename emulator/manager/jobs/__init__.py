"""Jobs: use cases over many devices that go on where they were after the process was killed.

The record of a job and the outcome of each of its devices are in the manager's own database, in the transactions of the
manager. What was under way when the process ended is done again, which is safe, for every act asks the device or the
portal first. The engine is a claim: a process has a job for a lease that it renews.
"""
