/** Words carry every meaning, colour only repeats it; each colour on its ground has the contrast that WCAG AA asks for. */
export const STYLE = `
:root{color-scheme:light dark;--ground:#fff;--raised:#f6f7f9;--line:#dcdfe4;--ink:#1a1e24;--quiet:#555e6a;--link:#0b57a4;
--critical:#a3161f;--critical-g:#fbe8e8;--high:#974300;--high-g:#fdeedd;--medium:#6d5600;--medium-g:#faf3cf;--low:#2a5786;--low-g:#e6f0fa;
--unknown:#5b4690;--unknown-g:#efebf9;--pass:#1c6638;--pass-g:#e3f4e8;
--bar-critical:#b3202a;--bar-high:#e07b1a;--bar-medium:#d9b41f;--bar-low:#6d9dcf;--bar-age:#7a8594}
@media (prefers-color-scheme:dark){:root{--ground:#14171b;--raised:#1c2026;--line:#353b44;--ink:#e7e9ec;--quiet:#a3acb8;--link:#82b8f5;
--critical:#ffa29b;--critical-g:#451a1c;--high:#ffb878;--high-g:#422a12;--medium:#ecd167;--medium-g:#38300d;--low:#9cc6f2;--low-g:#17304a;
--unknown:#c9b8f7;--unknown-g:#2d2549;--pass:#8ad7a4;--pass-g:#15371f;
--bar-critical:#e5484d;--bar-high:#e88c30;--bar-medium:#d8b92f;--bar-low:#5d8fc4;--bar-age:#8a95a4}}
*{box-sizing:border-box}
[hidden]{display:none!important}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0 auto;padding:0 1.5rem 4rem;max-width:80rem;background:var(--ground);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:break-word}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,button:focus-visible,summary:focus-visible,input:focus-visible,select:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:.2rem}
code{font:.9em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
small{font-size:.8125rem;color:var(--quiet)}
i{font-style:normal;color:var(--quiet)}
.vh{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:.5rem;padding:.4rem .8rem;background:var(--ground);z-index:1}
header{padding:3rem 0 1.25rem;border-bottom:1px solid var(--line)}
.kicker{margin:0;color:var(--quiet);font-size:.875rem;letter-spacing:.02em}
h1{margin:.35rem 0 .6rem;font-size:clamp(1.6rem,1.1rem + 2.2vw,2.4rem);line-height:1.2;letter-spacing:-.015em;text-wrap:balance}
.lead{max-width:46rem;margin:0 0 1.25rem;font-size:1.0625rem;color:var(--quiet)}
.run{display:flex;flex-wrap:wrap;gap:.5rem 2.25rem;margin:0 0 1.25rem}
.run dt,.tile dt{font-size:.8125rem;color:var(--quiet)}
.run dd,.tile dd{margin:0;font-variant-numeric:tabular-nums}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:0;padding:0;list-style:none}
section{margin-top:3rem}
h2{margin:0 0 .6rem;font-size:1.375rem;line-height:1.3;letter-spacing:-.01em}
h3{margin:0;font-size:1rem;line-height:1.4}
section>h3{margin:1.5rem 0 .5rem}
.n{margin-left:.35rem;color:var(--quiet);font-weight:400;font-variant-numeric:tabular-nums}
section>p,details>p{max-width:46rem;margin:.25rem 0 1rem}
.alert{margin-top:1.5rem;padding:1rem 1.25rem;border:1px solid var(--high);border-left-width:.4rem;border-radius:.35rem;background:var(--high-g)}
.alert h2{font-size:1.125rem;color:var(--high)}
.alert p,.alert ul{margin:.25rem 0;max-width:none}
.alert small{color:inherit}
.tiles{display:grid;grid-template-columns:repeat(6,1fr);gap:.75rem;margin:0}
.tile{padding:.7rem .9rem;border:1px solid var(--line);border-top:.25rem solid var(--line);border-radius:.35rem;background:var(--raised)}
.tile dt{text-transform:capitalize}
.tile dd{font-size:1.75rem;line-height:1.2;font-weight:600;letter-spacing:-.01em}
.tile.none dd{color:var(--quiet);font-weight:400}
.tile.critical{border-top-color:var(--bar-critical)}.tile.high{border-top-color:var(--bar-high)}.tile.medium{border-top-color:var(--bar-medium)}.tile.low{border-top-color:var(--bar-low)}.tile.unknown{border-top-color:var(--unknown)}.tile.pass{border-top-color:var(--pass)}
.whole{margin:.75rem 0 0}
.whole svg{height:.6rem;border-radius:.3rem}
svg{display:block;width:100%;height:.6rem;background:var(--raised)}
rect.critical{fill:var(--bar-critical)}rect.high{fill:var(--bar-high)}rect.medium{fill:var(--bar-medium)}rect.low{fill:var(--bar-low)}rect.age{fill:var(--bar-age)}rect.since{fill:var(--line)}rect.limit{fill:var(--bar-critical)}
.charts{columns:2 26rem;column-gap:2.5rem;margin-top:1.75rem}
.chart{break-inside:avoid;margin:0 0 1.75rem}
table{width:100%;border-collapse:collapse;font-size:.9375rem}
caption{text-align:left}
.chart caption{display:block;padding:0 0 .35rem;font-weight:600}
.chart caption small{display:block;font-weight:400}
.chart table,.chart tbody,.chart th,.chart td{display:block}
.chart tr{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.1rem 1rem;padding:.3rem 0;align-items:baseline}
.chart th,.chart td{padding:0;border:0;line-height:1.4}
.chart th{overflow-wrap:anywhere}
.chart td:last-child{grid-row:1;grid-column:2;text-align:right;font-variant-numeric:tabular-nums}
.chart td:nth-child(2){grid-column:1/-1}
.chart td small{display:inline;margin-left:.5rem}
.grid{margin:1.75rem 0}
.grid table{table-layout:fixed;font-variant-numeric:tabular-nums}
.grid caption{text-align:left;padding:0 0 .35rem;font-weight:600}
.grid caption small{display:block;font-weight:400}
.grid th,.grid td{padding:.35rem .5rem;line-height:1.3}
.grid thead th{font-size:.8125rem;vertical-align:bottom;text-align:right}
.grid thead th:first-child{text-align:left}
.grid td{text-align:right}
.grid td svg{margin-top:.2rem}
.grid .none{color:var(--quiet)}
th{text-align:left}
thead th{padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line);font-size:.8125rem;font-weight:600;color:var(--quiet);vertical-align:bottom}
tbody th,tbody td{padding:.6rem .75rem .6rem 0;border-bottom:1px solid var(--line);vertical-align:top;font-weight:400}
td small,td span,th small{display:block}
td .s,th .s{display:inline-block}
td b{font-weight:600;overflow-wrap:anywhere}
.s{padding:.05rem .5rem;border-radius:1rem;font-size:.8125rem;font-weight:600;white-space:nowrap;color:var(--quiet);background:var(--raised)}
.s.critical,.s.fail,.s.failed{color:var(--critical);background:var(--critical-g)}
.s.high,.s.denied{color:var(--high);background:var(--high-g)}
.s.medium{color:var(--medium);background:var(--medium-g)}
.s.low{color:var(--low);background:var(--low-g)}
.s.unknown,.s.not-exposed{color:var(--unknown);background:var(--unknown-g)}
.s.pass,.s.read,.s.pass-in-part{color:var(--pass);background:var(--pass-g)}
.outcomes{max-width:46rem;margin-bottom:1rem}
.outcomes th,.outcomes td{padding-top:.35rem;padding-bottom:.35rem}
.outcomes td:nth-child(2){font-variant-numeric:tabular-nums}
details{border:1px solid var(--line);border-radius:.35rem;margin:.6rem 0;padding:0 1rem}
summary{display:flex;flex-wrap:wrap;align-items:baseline;gap:.15rem .6rem;margin:0 -1rem;padding:.65rem 1rem;cursor:pointer;border-radius:.35rem;list-style:none}
summary::-webkit-details-marker{display:none}
summary:before{content:"";flex:none;align-self:center;width:.45rem;height:.45rem;border:solid var(--quiet);border-width:0 2px 2px 0;transform:rotate(-45deg)}
details[open]>summary:before{transform:rotate(45deg)}
summary:hover{background:var(--raised)}
summary code{color:var(--quiet);font-size:.8125rem}
.count{margin-left:auto;color:var(--quiet);font-size:.875rem;font-variant-numeric:tabular-nums}
details[open]>summary{border-bottom:1px solid var(--line);border-radius:.35rem .35rem 0 0;margin-bottom:.9rem}
details tbody tr:last-child>*{border-bottom:0}
.about{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.3rem 1rem;margin:0 0 1rem;font-size:.9375rem}
.about dt{color:var(--quiet)}
.about dd{margin:0;max-width:54rem}
.quiet{color:var(--quiet);font-size:.875rem}
.more{color:var(--quiet);font-size:.9375rem}
.rows{table-layout:fixed}
.rows th:nth-child(1){width:6.25rem}.rows th:nth-child(2){width:17%}.rows th:nth-child(3){width:16%}.rows th:nth-child(4){width:14%}.rows th:nth-child(5){width:21%}
.rows th button{all:unset;cursor:pointer;font:inherit;color:inherit;text-decoration:underline dotted;text-underline-offset:.25em}
.rows th button:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.rows th[aria-sort] button{text-decoration:none}
.rows th[aria-sort=ascending] button:after{content:" \\2191"}
.rows th[aria-sort=descending] button:after{content:" \\2193"}
.rows small b{color:var(--ink)}
.unknowns th:nth-child(1){width:24%}.unknowns th:nth-child(2){width:6rem}.unknowns th:nth-child(4){width:30%}
.reads th:nth-child(1){width:7rem}.reads th:nth-child(3){width:5rem}.reads th:nth-child(4){width:40%}
.controls th:nth-child(1){width:18%}.controls th:nth-child(2){width:9rem}.controls th:nth-child(n+3):nth-child(-n+5){width:5rem}
.changes th:nth-child(1){width:20%}.changes th:nth-child(2),.changes th:nth-child(3){width:19%}.changes th:nth-child(4){width:10%}
.policies th:nth-child(n+2){width:7.5rem}
#filter{display:flex;flex-wrap:wrap;align-items:end;gap:.6rem .75rem;margin:0 0 1rem;padding:.8rem 1rem;border-radius:.35rem;background:var(--raised)}
#filter label{display:grid;gap:.15rem;font-size:.8125rem;color:var(--quiet)}
#filter label:first-child{flex:1 1 12rem}
#filter input,#filter select,#filter button{min-height:2.25rem;padding:.25rem .6rem;border:1px solid var(--quiet);border-radius:.3rem;background:var(--ground);color:var(--ink);font:inherit;font-size:.9375rem;max-width:100%}
#filter select{max-width:12rem}
#filter button{cursor:pointer}
#filter output{flex:1 0 100%;font-size:.875rem;color:var(--quiet)}
footer{margin-top:4rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--quiet);font-size:.875rem}
footer p{margin:.4rem 0}
@media (max-width:46rem){
body{padding:0 1rem 3rem;overflow-wrap:anywhere}
header{padding-top:1.75rem}
section{margin-top:2.25rem}
.grid th,.grid td{padding:.3rem .1rem;font-size:.75rem;overflow-wrap:normal}.grid thead th{font-size:.625rem}.grid thead th:first-child{width:3.5rem}
.chart td small{display:block;margin:0}
.tiles{grid-template-columns:repeat(3,1fr);gap:.5rem}
.tile{padding:.5rem .6rem}.tile dd{font-size:1.375rem}
details{padding:0 .75rem}
summary{margin:0 -.75rem;padding:.65rem .75rem}
summary h3{flex:1 1 65%}
.count{margin-left:0}
.about{grid-template-columns:minmax(0,1fr);gap:.1rem}
.about dd{margin-bottom:.5rem}
.rows,.rows tbody,.rows tr,.rows td,.cards,.cards tbody,.cards tr,.cards td,.cards tbody th{display:block;width:auto}
.rows thead,.cards thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.rows tr,.cards tr{padding:.7rem 0;border-bottom:1px solid var(--line)}
.rows tr:last-child,.cards tr:last-child{border-bottom:0}
.rows td,.cards td,.cards tbody th{padding:.1rem 0;border:0}
.rows td:before,.cards td:before{color:var(--quiet);font-size:.8125rem;margin-right:.4rem}
.rows td:nth-child(3):before{content:"Provider"}.rows td:nth-child(4):before{content:"Owner"}.rows td:nth-child(5):before{content:"Place"}
.rows td:nth-child(3) b,.rows td:nth-child(4) b{font-weight:400}
.rows td:nth-child(1),.rows td:nth-child(2),.controls tbody th,.controls td:nth-child(2){display:inline}
.rows td .s{margin-right:.4rem}.controls tbody th{margin-right:.5rem}
.rows td:nth-child(3) small,.rows td:nth-child(4) small{display:inline;margin-left:.4rem}
.rows td:nth-child(2) small{display:inline;margin-left:.4rem}
.rows td:nth-child(6){margin-top:.3rem}
.unknowns tbody th:nth-child(1),.changes tbody th:nth-child(1){width:auto}
.outcomes th,.outcomes td{overflow-wrap:normal}
.unknowns td:nth-child(2):before{content:"Verdicts"}.unknowns td:nth-child(4):before{content:"Kinds"}
.reads td:nth-child(1),.reads td:nth-child(2){display:inline}.reads td:nth-child(1) .s{margin-right:.4rem}.reads td:nth-child(3):before{content:"Tokens"}
.controls td:nth-child(3):before{content:"Fail"}.controls td:nth-child(4):before{content:"Unknown"}.controls td:nth-child(5):before{content:"Pass"}
.controls td:nth-child(n+3):nth-child(-n+5),.policies td{display:inline-block;margin-right:1rem}
.changes td:nth-child(2):before{content:"For"}.changes td:nth-child(3):before{content:"Says"}.changes td:nth-child(4):before{content:"Instead of"}
.policies td:nth-child(2):before{content:"Fail"}.policies td:nth-child(3):before{content:"Unknown"}.policies td:nth-child(4):before{content:"Pass"}.policies td:nth-child(5):before{content:"Not applicable"}
#filter label{flex:1 1 7rem}#filter label:first-child{flex:1 0 100%}
#filter label{min-width:0}#filter select{max-width:none;width:100%}
}
@media print{
:root{font-size:8.5pt;color-scheme:light;--ground:#fff;--raised:#fff;--line:#bbb;--ink:#000;--quiet:#444;--link:#000;--critical:#8c0f17;--critical-g:#fff;--high:#7a3600;--high-g:#fff;--medium:#574400;--medium-g:#fff;--low:#1f4770;--low-g:#fff;--unknown:#4a3878;--unknown-g:#fff;--pass:#14502b;--pass-g:#fff;--bar-critical:#a3161f;--bar-high:#d9741a;--bar-medium:#d6b53c;--bar-low:#86acd4;--bar-age:#777}
@page{margin:15mm 12mm}
body{max-width:none;padding:0}
.charts{columns:2}
.rows th button{text-decoration:none}
nav,#filter,.skip,summary:before{display:none!important}
header{padding-top:0}
a{text-decoration:none}
.s{border:1px solid currentColor}
section{margin-top:1.75rem}
details::details-content{content-visibility:visible;height:auto}
details,summary{border-color:#bbb}
h2,h3,summary,caption{break-after:avoid}
tr,.tile,.alert{break-inside:avoid}
thead{display:table-header-group}
svg,.s{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`;
