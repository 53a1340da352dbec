"""./run manage demo_links"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from annotation import demonstrating, enrolling


class Command(BaseCommand):
    help = "Print the log-in links of the demonstration's people, once it is loaded."

    def handle(self, *args: Any, **options: Any) -> None:
        if not demonstrating.is_loaded():
            raise CommandError("The demonstration is not loaded yet: load_demo does.")
        self.stdout.write(f"Concord is at {settings.BASE_URL}/ and these links log in:")
        for user in demonstrating.people():
            self.stdout.write(f"{user}:\n  {enrolling.login_link(user)}")
