"""./run manage demo_links"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from annotation import demonstrating, enrolling


class Command(BaseCommand):
    help = "Print the address and the log-in links of the demonstration's people."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"\nConcord is at {settings.BASE_URL}\n")
        for user in demonstrating.people():
            self.stdout.write(f"{user}:\n  {enrolling.login_link(user)}")
