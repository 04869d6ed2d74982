"""The groups of the portal's menu, below which its pages stand."""

from enum import StrEnum


class Group(StrEnum):
    ORDERS = "Orders and PAKs"
    LICENSES = "Licenses"
    RECORDS = "Records"
    WORLD = "World"
