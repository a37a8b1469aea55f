"""Puts somebody with a role over every agency into an installation's folder: run by the browser test in a child process."""

import os
import sys


def main(folder):
    os.environ |= {"SELARAS_DATA": folder, "DJANGO_SETTINGS_MODULE": "selaras.web.settings"}
    import django

    django.setup()
    from django.core.management import call_command

    from tests.web.browser.staffed import account

    call_command("migrate", verbosity=0)
    account("pusat", "perencana", None)


if __name__ == "__main__":
    main(sys.argv[1])
