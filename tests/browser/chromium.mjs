// Chromium without a window, spoken to over a pipe; needs nothing but Node and the program.
import { spawn } from 'node:child_process';

export async function open(url, { width = 1000, height = 1400 } = {}) {
  const program = process.env.CHROMIUM ?? 'chromium';
  const chrome = spawn(program, ['--headless=new', '--no-sandbox', '--disable-dev-shm-usage', '--hide-scrollbars', '--autoplay-policy=no-user-gesture-required',
    '--use-angle=swiftshader', '--enable-unsafe-swiftshader', `--window-size=${width},${height}`, '--remote-debugging-pipe', 'about:blank'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const waiting = new Map(), messages = [], requests = [];
  let id = 0, rest = '', session;
  chrome.on('error', e => { console.error(`error: ${program}: ${e.message}. Install Debian's package chromium, or name another with CHROMIUM=`); process.exit(1); });
  chrome.stdio[4].on('data', data => {
    const parts = (rest + data).split('\0');
    rest = parts.pop();
    for (const part of parts) {
      const m = JSON.parse(part);
      if (m.id) { const { resolve, reject } = waiting.get(m.id); waiting.delete(m.id); m.error ? reject(new Error(m.error.message)) : resolve(m.result); }
      else if (m.method === 'Runtime.exceptionThrown') messages.push('exception: ' + (m.params.exceptionDetails.exception?.description ?? m.params.exceptionDetails.text));
      else if (m.method === 'Log.entryAdded' && m.params.entry.level === 'error') messages.push(`${m.params.entry.level}: ${m.params.entry.text}`);
      else if (m.method === 'Runtime.consoleAPICalled' && ['error', 'warning'].includes(m.params.type)) messages.push(`${m.params.type}: ${m.params.args.map(a => a.value ?? a.description).join(' ')}`);
      else if (m.method === 'Network.requestWillBeSent' && !/^(data|blob|about):/.test(m.params.request.url)) requests.push(m.params.request.url);
      else if (m.method === 'Page.javascriptDialogOpening') { messages.push('dialog: ' + m.params.message); send('Page.handleJavaScriptDialog', { accept: true }); }
    }
  });
  const send = (method, params = {}) => new Promise((resolve, reject) => {
    waiting.set(++id, { resolve, reject });
    chrome.stdio[3].write(JSON.stringify({ id, method, params, sessionId: session }) + '\0');
  });
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  ({ sessionId: session } = await send('Target.attachToTarget', { targetId, flatten: true }));
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await send(`${domain}.enable`);

  const page = {
    messages, requests, send,
    evaluate: async expression => {
      const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
    until: async (expression, seconds = 180) => {
      for (const end = Date.now() + seconds * 1000; Date.now() < end; await new Promise(r => setTimeout(r, 200)))
        if (await page.evaluate(expression)) return true;
      return false;
    },
    theme: name => send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: name }] }),
    screenshot: async () => {
      const { cssContentSize } = await send('Page.getLayoutMetrics');
      const { data } = await send('Page.captureScreenshot', { captureBeyondViewport: true, clip: { x: 0, y: 0, width, height: cssContentSize.height, scale: 1 } });
      return Buffer.from(data, 'base64');
    },
    close: () => new Promise(done => { chrome.once('exit', done); send('Browser.close').catch(() => {}); setTimeout(() => chrome.kill('SIGKILL'), 5000).unref(); }),
  };
  await send('Page.navigate', { url });
  return page;
}
