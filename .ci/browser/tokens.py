"""Tokens."""

from reader import equal, until


def leave_the_url(place, reader):
    """It opens where it is clicked in a page of another site, such as mail, and however often it
    is opened stays out of the address bar."""
    run = place.copy(place.finished, "tokens")
    with place.start("dashboard", run, "--listen", "0", "--token") as server:
        url = server.says(r"^page: (\S+)")
        mail = place.folder / "mail.html"
        mail.write_text(f'<!doctype html><a href="{url}">the run</a>')
        context = reader.chromium.new_context()
        page = context.new_page()
        plain = url.partition("?")[0]
        page.goto(mail.as_uri())
        page.get_by_role("link").click()
        until(page, "the run is shown", lambda: page.locator("h1").all_text_contents() == ["tokens"])
        equal("address", page.url, plain)
        page.goto(url)
        until(page, "the run is shown again", lambda: page.locator("h1").all_text_contents() == ["tokens"])
        equal("address when it is opened again", page.url, plain)
        context.close()
