"""A network that keeps requests back until a test lets them go or loses them."""


class Held:
    """Requests of a page to addresses of a pattern, kept back one by one."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.routes, self.open = [], False
        page.route(address, self._pass)

    def until(self, count):
        """Wait until so many requests have left the page."""
        for _ in range(400):
            if len(self.routes) >= count:
                return
            self.page.wait_for_timeout(50)  # the browser's messages are heard meanwhile
        raise AssertionError(f"{len(self.routes)} of {count} requests for {self.address}")

    def release(self):
        """Let everything through, now and from now on."""
        self.open = True
        for route in self.routes:
            route.continue_()

    def lose(self):
        """What waits is lost; what comes later is kept back as before."""
        while self.routes:
            self.routes.pop().abort()

    def _pass(self, route):
        if self.open:
            route.continue_()
        else:
            self.routes.append(route)
