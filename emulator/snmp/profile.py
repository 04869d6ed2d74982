"""The revision of the license MIB that a release has. I, from the dates: 12.4 the first one, 15.0 that of 2008, and
that of 2011 where the screens of licenses have what came with it.
"""

from emulator.router.device import Router

SUBSCRIPTIONS, PERIODS_USED = 2008, 2011
FIRST = 2006


def revision(router: Router) -> int:
    """Year of the revision."""
    manifest = router.manifest
    if manifest.dialect.license_period_used:
        return PERIODS_USED
    return SUBSCRIPTIONS if int(manifest.release.partition(".")[0]) >= 15 else FIRST
