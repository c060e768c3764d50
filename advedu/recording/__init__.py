"""What may be recorded, and how: one function per verb, inside an operation.

Each checks the rules of domain.md and raises an error of `advedu.errors` before it writes anything. Commands and
imports both come through here, so that a rule holds whichever way a record arrives.
"""
