"""./run manage demo_links"""

from typing import Any

from django.core.management.base import BaseCommand

from annotation import demonstrating, enrolling


class Command(BaseCommand):
    help = "Print the log-in links of the demonstration's people."

    def handle(self, *args: Any, **options: Any) -> None:
        for user in demonstrating.people():
            self.stdout.write(f"{user}:\n  {enrolling.login_link(user)}")
