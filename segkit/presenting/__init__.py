"""A room full of people at one page each: `segkit present`.

`pages` prepares the notebooks, `memory` says how many people fit, `kernels` keeps programs ready and counts
them, `door` asks for the password and keeps visitors apart, `server` puts them together on top of Voila.
"""
