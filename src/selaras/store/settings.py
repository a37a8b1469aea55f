"""Django settings of the store; completed by the helper of this room."""

SECRET_KEY = "x"
INSTALLED_APPS: list[str] = []
