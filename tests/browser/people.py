"""A person at a browser: logs in, clicks, and notices whatever the browser complains about."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

from kla_portal.demo import PASSWORD

DESKTOP, PHONE, NARROW = (
    {"width": 1280, "height": 900},
    {"width": 390, "height": 844},
    {"width": 320, "height": 640},
)


class Person:
    """One context with one page; `complaints` holds console errors, foreign requests and broken answers."""

    def __init__(self, browser, portal, **options):
        self.portal = portal
        options = {"viewport": DESKTOP, "reduced_motion": "reduce", "locale": "id-ID"} | options
        self.context = browser.new_context(base_url=options.pop("address", portal.address), **options)
        self.context.set_default_timeout(20_000)
        self.page = self.context.new_page()
        self.complaints = []
        self._listen()

    def log_in(self, username, then="/"):
        """Go where one wants to be, be asked who one is, arrive there."""
        self.page.goto(then)
        self.page.get_by_label("Nama pengguna").fill(username)
        self.page.get_by_label("Kata sandi").fill(PASSWORD)
        self.page.get_by_role("button", name="Masuk").click()
        expect(self.page.get_by_role("heading", level=1, name="Masuk")).to_have_count(0)
        self.page.wait_for_load_state()  # keys and forms are heard once the scripts are there
        return self

    def goto(self, path):
        """Open an address of the portal; the answer."""
        return self.page.goto(path)

    def close(self):
        """Leave the browser."""
        self.context.close()

    def _listen(self):
        def console(message):
            if message.type == "error" or "Content Security Policy" in message.text:
                self.complaints.append(f"console: {message.text}")

        def request(asked):
            parts = urlsplit(asked.url)
            if parts.scheme not in ("data", "blob") and parts.hostname != "127.0.0.1":
                self.complaints.append(f"foreign request: {asked.url}")

        def response(answer):
            if answer.status >= 500:
                self.complaints.append(f"{answer.status} from {answer.url}")

        self.page.on("console", console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("request", request)
        self.page.on("response", response)
