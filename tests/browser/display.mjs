// Opens the page with one of each that Leo.Lab.Tests wrote, and looks whether everything on it lives.
//   node tests/browser/display.mjs [page.html] [folder for screenshots]
// Needs Chromium (290 MB), so it is run by hand and not by `./lab test`.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { open } from './chromium.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const file = resolve(process.argv[2] ?? `${root}/build/display/one-of-each.html`), shots = resolve(process.argv[3] ?? dirname(file));
const faults = [];
const check = (what, good) => { console.log(`${good ? 'ok    ' : 'FAULT '} ${what}`); if (!good) faults.push(what); };

const page = await open(pathToFileURL(file).href);
try {
  await page.theme('light');
  check('every figure is drawn', await page.until(`(() => { const f = [...document.querySelectorAll('.leo-figure')]; return f.length > 0 && f.every(x => 'drawn' in x.dataset && x.querySelector('.plot-container')) })()`, 240));
  check('a flat figure has its lines', await page.evaluate(`document.querySelectorAll('.leo-figure .scatterlayer .trace').length > 2`));
  check('a spatial figure has its canvas', await page.until(`!!document.querySelector('.leo-figure .gl-container canvas')`, 30));
  check('every video plays', await page.until(`[...document.querySelectorAll('video')].every(v => v.readyState >= 2 && !v.paused && v.currentTime > 0)`));
  check('each video counts its frames', await page.until(`(window.seen ??= new Map(), [...document.querySelectorAll('.leo-player')].every(p => (seen.get(p) ?? seen.set(p, new Set()).get(p)).add(p.querySelector('output').textContent).size > 3))`));
  const step = await page.evaluate(`(async () => { const p = document.querySelector('.leo-player'), v = p.querySelector('video'), b = p.querySelectorAll('[data-step]'), seen = [];
    p.querySelector('input').value = 10; p.querySelector('input').dispatchEvent(new Event('input'));
    for (const i of [1, 1, 0, 1]) { b[i].click(); await new Promise(r => v.addEventListener('seeked', r, { once: true })); seen.push(p.querySelector('output').textContent + (v.paused ? '' : '!') + ' ' + Math.floor(v.currentTime * p.dataset.fps)); }
    return seen.join(', '); })()`);
  check(`buttons step by a frame (${step})`, step === '12 / 48 11, 13 / 48 12, 12 / 48 11, 13 / 48 12');
  await page.evaluate(`document.querySelector('.leo-player [data-play]').click()`);
  check('play goes on', await page.until(`!document.querySelector('.leo-player video').paused`));

  const spot = await page.evaluate(`(() => { const f = document.querySelector('.leo-figure'); f.scrollIntoView({ block: 'center' }); const r = f.querySelector('.nsewdrag').getBoundingClientRect(), t = f.querySelector('.scatterlayer .trace path').getBoundingClientRect(); return { x: r.x + r.width / 2, y: t.y + t.height / 2 } })()`);
  let hovered = false;
  for (let y = -80; y <= 80 && !hovered; y += 8) {
    await page.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x: spot.x, y: spot.y + y });
    hovered = await page.until(`!!document.querySelector('.leo-figure .hoverlayer .hovertext')`, 0.4);
  }
  check('a figure answers when hovered', hovered);

  const slid = await page.evaluate(`(async () => { const f = [...document.querySelectorAll('.leo-figure')].find(x => x.querySelector('.slider-group')), plot = f.querySelector('.leo-plot');
    const before = JSON.stringify(plot._fullData[0].x.slice(0, 9)); await f.leoPlotly.animate(plot, ['7'], { mode: 'immediate', frame: { duration: 0, redraw: true }, transition: { duration: 0 } });
    return before !== JSON.stringify(plot._fullData[0].x.slice(0, 9)) })()`);
  check('the animation changes its points', slid);
  check('no button uploads a figure', await page.evaluate(`![...document.querySelectorAll('.modebar-btn')].some(b => /share|cloud|edit/i.test(b.dataset.title))`));
  check('nothing of ours is left in the page', await page.evaluate(`typeof window.Plotly === 'undefined'`));
  check('hostile text made no element', await page.evaluate(`![...document.querySelectorAll('img')].some(i => i.getAttribute('src') === 'x') && !document.querySelector('[onerror]')`));
  check('hostile text is read as it is', await page.evaluate(`[...document.querySelectorAll('.leo-figure .gtitle')].some(t => t.textContent.includes('</script><script>alert(1)</script>'))`));

  await page.evaluate(`window.scrollTo(0, 0)`);
  writeFileSync(`${shots}/light.png`, await page.screenshot());
  const ink = `getComputedStyle(document.querySelector('.leo-figure .gtitle')).fill`;
  const light = await page.evaluate(ink);
  await page.theme('dark');
  check('figures follow the theme', await page.until(`${ink} !== '${light}'`, 10));
  await new Promise(r => setTimeout(r, 1500));
  writeFileSync(`${shots}/dark.png`, await page.screenshot());
  check(`no request (${page.requests.filter(u => !u.startsWith(pathToFileURL(file).href)).join(' ') || 'none'})`, page.requests.every(u => u.startsWith(pathToFileURL(file).href)));
  check(`no error in the console (${page.messages.join(' | ') || 'none'})`, page.messages.length === 0);
} finally {
  await page.close();
}

// A notebook of VS Code puts each output in by innerHTML, runs its scripts afterwards, may show later cells first, has a module loader on
// the page, and says by variables what its colours are.
const host = await open('about:blank');
try {
  await host.theme('light');
  await host.evaluate(`(html => {
    document.body.className = 'vscode-dark';
    document.body.style.cssText = '--vscode-editor-foreground:#cccccc;--vscode-charts-blue:#75beff;background:#1f1f1f;color:#ccc';
    window.define = () => { throw new Error('a module loader was called') }; window.define.amd = {}; window.module = { exports: {} };
    for (const block of [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('body > .leo')].reverse()) {
      const out = document.createElement('div'); out.innerHTML = block.outerHTML; document.body.append(out);
      for (const old of [...out.querySelectorAll('script')]) { const s = document.createElement('script'); s.text = old.textContent; if (old.type) s.type = old.type; out.append(s); s.remove(); }
    } })(${JSON.stringify(readFileSync(file, 'utf8'))})`);
  check('as in VS Code: every figure is drawn', await host.until(`[...document.querySelectorAll('.leo-figure')].every(x => 'drawn' in x.dataset && x.querySelector('.plot-container'))`, 240));
  check('as in VS Code: in its colours', await host.evaluate(`getComputedStyle(document.querySelector('.leo-figure .gtitle')).fill === 'rgb(204, 204, 204)'`));
  check('as in VS Code: every video plays', await host.until(`[...document.querySelectorAll('video')].every(v => v.currentTime > 0)`));
  check(`as in VS Code: no error in the console (${host.messages.join(' | ') || 'none'})`, host.messages.length === 0);
  writeFileSync(`${shots}/vscode.png`, await host.screenshot());
} finally {
  await host.close();
}
console.log(faults.length ? `${faults.length} faults` : `all well; screenshots in ${shots}`);
process.exit(faults.length ? 1 : 0);
