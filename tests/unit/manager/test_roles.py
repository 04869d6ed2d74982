"""The matrix of roles and actions, as its source has it."""

import pytest

from emulator.manager.roles import ManagerAction, ManagerRole, actions_of

MATRIX = {
    ManagerAction.MANAGE_USERS: "A",
    ManagerAction.MANAGE_CREDENTIALS: "A",
    ManagerAction.DISCOVER: "A",
    ManagerAction.CREATE_DEVICES: "A",
    ManagerAction.DELETE_DEVICES: "A",
    ManagerAction.READ_TRAIL: "A",
    ManagerAction.MAKE_REPORTS: "A",
    ManagerAction.EXCHANGE: "A",
    ManagerAction.READ_REPORTS: "AIPLR",
    ManagerAction.POLL: "AI",
    ManagerAction.MANAGE_GROUPS: "AI",
    ManagerAction.MANAGE_BACK_END: "A",
    ManagerAction.MANAGE_ACCESS: "A",
    ManagerAction.MANAGE_PAKS: "AIP",
    ManagerAction.DEPLOY: "AIPL",
    ManagerAction.READ_DEVICES: "AIPLR",
    ManagerAction.READ_PAKS: "AIPLR",
}


@pytest.mark.parametrize("role", ManagerRole)
@pytest.mark.parametrize("action", ManagerAction)
def test_a_role_may_what_the_matrix_says(role: ManagerRole, action: ManagerAction) -> None:
    assert (action in actions_of(role)) == (str(role)[0] in MATRIX[action])
