"""How Voila shows our pages: our template, code hidden, no traceback, and our words in the page.

Voila reads this file wherever segkit is installed: alone (`voila notebooks/NAME.ipynb`) and in JupyterLab.
"""

from segkit.words import words

c = get_config()  # noqa: F821  (Jupyter puts it here)

c.VoilaConfiguration.template = "segkit"
c.VoilaConfiguration.theme = "light"
c.VoilaConfiguration.allow_template_override = "NOTEBOOK"  # no address asks for a page with a CDN
c.VoilaConfiguration.allow_theme_override = "NO"
c.VoilaConfiguration.classic_tree = True  # the list of pages is a plain list
c.VoilaConfiguration.strip_sources = True
c.VoilaConfiguration.show_tracebacks = False


def ours(page_config, **_):
    """Our sentences travel with the page; its formulas are drawn by the MathJax that Voila brings."""
    page_config["fullMathjaxUrl"] = page_config["mathjaxConfig"] = None  # otherwise: an older one, from a CDN
    said = {key.removeprefix("page."): text for key, text in words().items() if key.startswith("page.")}
    page_config["segkitWords"] = said
    return page_config


c.VoilaConfiguration.page_config_hook = ours


def with_right_to_end(handler, notebook, cwd):
    """A page that is closed ends its program; for that its browser needs the server's cookie, set here."""
    if handler is not None:  # a page prepared in advance has nobody asking for it yet
        _ = handler.xsrf_token


c.VoilaConfiguration.prelaunch_hook = with_right_to_end
