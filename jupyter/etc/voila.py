"""How Voila shows our pages: our template, code hidden, no traceback, and our words in the page.

Voila reads this file wherever segkit is installed: alone (`voila notebooks/NAME.ipynb`) and in JupyterLab.
"""

from segkit.pages import about, error_words, language_of, page_words, prepared

c = get_config()  # noqa: F821  (Jupyter puts it here)

c.VoilaConfiguration.template = "segkit"
c.VoilaConfiguration.theme = "light"
c.VoilaConfiguration.allow_template_override = "NOTEBOOK"  # no address asks for a page with a CDN
c.VoilaConfiguration.allow_theme_override = "NO"
c.VoilaConfiguration.classic_tree = True  # the list of pages is a plain list
c.VoilaConfiguration.extension_denylist = ["segkit-look"]  # that is for JupyterLab; a page has its own look
c.VoilaConfiguration.strip_sources = True
c.VoilaConfiguration.show_tracebacks = False


def ours(page_config, notebook_path=None, settings=None, **_):
    """Our sentences travel with the page; its formulas are drawn by the MathJax that Voila brings."""
    page_config["fullMathjaxUrl"] = page_config["mathjaxConfig"] = None  # otherwise: an older one, from a CDN
    page_config["segkitLang"] = lang = language_of(notebook_path)
    page_config["segkitWords"] = page_words(lang)
    page_config["segkitPage"] = about(notebook_path, settings["contents_manager"].root_dir)
    settings["voila_jinja2_env"].globals["segkit_words"] = error_words
    return page_config


c.VoilaConfiguration.page_config_hook = ours


def beforehand(handler, notebook, cwd):
    """What is only for those who run cells is left out; a page may end its program when it is closed."""
    prepared(notebook)
    if handler is not None:  # nobody has asked yet for a page prepared in advance
        _ = handler.xsrf_token  # reading it gives the browser the cookie that ending a program takes


c.VoilaConfiguration.prelaunch_hook = beforehand
