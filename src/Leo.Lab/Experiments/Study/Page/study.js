"use strict";
(() => {
  const plan = JSON.parse(document.getElementById("plan").textContent);
  const pairs = plan.mode === "preference";
  const format = "leo-study-result/1";
  const $ = id => document.getElementById(id);
  const noun = pairs ? "Pair" : "Clip";

  // What this rater has said so far. `sheet` is null on the first screen.
  let sheet = null, state = null, saved = true, view = "start";

  // --- keeping the place: never more than a convenience -----------------------------------------

  const store = (() => {
    try {
      localStorage.setItem("leo-study", "1");
      localStorage.removeItem("leo-study");
      return localStorage;
    } catch { return null; }
  })();
  const placeOf = rater => `leo-study/${plan.study}/${rater}`;

  function keep() {
    saved = false;
    try { store?.setItem(placeOf(sheet.rater), JSON.stringify(state)); } catch { /* full or forbidden: the file is what counts */ }
  }

  function recall(of) {
    try {
      const kept = JSON.parse(store?.getItem(placeOf(of.rater)) ?? "null");
      return fits(kept, of) ? kept : null;
    } catch { return null; }
  }

  function fits(kept, of) {
    return kept !== null && typeof kept === "object" && typeof kept.started === "string" && typeof kept.finished === "string"
      && Array.isArray(kept.answers) && kept.answers.length <= of.trials.length
      && kept.answers.every((a, i) => a && a.item === of.trials[i].item && String(a.clips) === String(of.trials[i].clips)
        && (a.choice === null || choices.includes(a.choice)) && Number.isSafeInteger(a.milliseconds) && Number.isSafeInteger(a.replays));
  }

  const choices = pairs ? ["left", "right"] : ["yes", "no"];
  const keys = pairs ? { ArrowLeft: "left", ArrowRight: "right" } : { y: "yes", n: "no" };

  // --- the file ---------------------------------------------------------------------------------

  function result() {
    const content = { format, study: plan.study, rater: sheet.rater, started: state.started, finished: state.finished, answers: state.answers };
    return { ...content, seal: sealOf(content, sheet.token) };
  }

  function sealOf(r, token) {
    const lines = r.answers.map(a => `${a.item} ${a.clips.join(",")} ${a.choice ?? "-"} ${a.milliseconds} ${a.replays}`);
    return hmac(token, [r.format, r.study, r.rater, r.started, r.finished, ...lines].join("\n"));
  }

  function save() {
    const text = JSON.stringify(result(), null, 2) + "\n";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = `leo-study-${plan.study}-rater-${sheet.rater}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    saved = true;
    $("saved").textContent = `Saved as ${link.download}. Send this file to whoever asked you.`;
    say(view === "end" ? "Saved." : `Saved ${state.answers.length} answers so far.`);
  }

  // Where the browser keeps nothing, a file saved on the way is the way back.
  async function goOn(file) {
    try {
      const kept = JSON.parse(await file.text());
      const of = plan.sheets.find(s => s.rater === kept.rater);
      if (kept.study !== plan.study || !of || !fits(kept, of) || kept.seal !== sealOf({ ...kept, format }, of.token)) throw new Error();
      begin(of, { started: kept.started, finished: kept.finished, answers: kept.answers });
    } catch { fault("This file was not saved by this page."); }
  }

  // --- screens ----------------------------------------------------------------------------------

  function show(name) {
    view = name;
    for (const section of document.querySelectorAll("main > section")) section.hidden = section.id !== name;
  }

  function say(text) { $("say").textContent = text; }

  function fault(text) { $("fault").textContent = text; }

  function start() {
    const wanted = /^#\d{1,4}$/.test(location.hash) ? location.hash.slice(1) : "";
    $("rater").max = plan.sheets.length;
    $("rater").value = wanted;
    $("forgets").hidden = store !== null;
    show("start");
    $("rater").focus();
  }

  function begin(of, from) {
    sheet = of;
    state = from ?? recall(of) ?? { started: new Date().toISOString(), finished: "", answers: [] };
    fault("");
    if (state.answers.length > 0 && !state.finished) say(`Welcome back. You have answered ${state.answers.length} of ${of.trials.length}.`);
    else say("");
    next();
  }

  // --- a question -------------------------------------------------------------------------------

  let trial = null, ready = new Map();

  function element(clip) {
    if (ready.has(clip)) return ready.get(clip);
    const video = document.createElement("video");
    video.muted = video.defaultMuted = true;
    video.playsInline = true;
    video.disablePictureInPicture = true;
    video.preload = "auto";
    video.src = source(clip);
    ready.set(clip, video);
    return video;
  }

  const blobs = new Map();
  function source(clip) {
    if (!plan.embedded) return `clips/${clip}.mp4`;
    if (!blobs.has(clip)) {
      const bytes = Uint8Array.from(atob(plan.embedded[clip]), c => c.charCodeAt(0));
      blobs.set(clip, URL.createObjectURL(new Blob([bytes], { type: "video/mp4" })));
    }
    return blobs.get(clip);
  }

  function next() {
    trial?.stop();
    trial = null;
    const at = state.answers.length, of = sheet.trials.length;
    $("bar").style.width = `${100 * at / of}%`;
    if (at === of) return end();
    show("question");
    $("count").textContent = `${noun} ${at + 1} of ${of}`;
    $("count").dataset.at = at + 1;
    const clips = sheet.trials[at].clips;
    const coming = sheet.trials[at + 1]?.clips ?? [];
    for (const clip of [...ready.keys()]) if (!clips.includes(clip) && !coming.includes(clip)) drop(clip);
    trial = new Trial(sheet.trials[at], clips.map(element));
    coming.forEach(element);
  }

  function drop(clip) {
    const video = ready.get(clip);
    video.removeAttribute("src");
    video.load();
    ready.delete(clip);
    if (blobs.has(clip)) {
      URL.revokeObjectURL(blobs.get(clip));
      blobs.delete(clip);
    }
  }

  class Trial {
    constructor(asked, videos) {
      Object.assign(this, { asked, videos, replays: 0, began: 0, seen: false, broken: false, done: false, timer: 0, listeners: new AbortController() });
      const listen = (target, name, act) => target.addEventListener(name, act, { signal: this.listeners.signal });
      videos.forEach((video, side) => {
        $(`frame-${side}`).replaceChildren(video);
        listen(video, "ended", () => this.ended());
        listen(video, "error", () => this.fail());
      });
      this.refresh();
      if (videos.some(v => v.error)) return this.fail();
      Promise.all(videos.map(v => v.readyState >= 3 ? null : new Promise(on => listen(v, "canplay", on)))).then(() => this.play());
    }

    async play() {
      if (this.done || this.broken) return;
      clearTimeout(this.timer);
      try {
        for (const v of this.videos) v.currentTime = 0;
        await Promise.all(this.videos.map(v => v.play()));
        this.began ||= performance.now();
      } catch (e) {
        if (!this.done && e.name === "NotAllowedError") say("Press R to play.");
      }
    }

    // Both clips of a pair start together, again and again. A single clip plays once: playing it in a loop would repeat its motion.
    ended() {
      if (this.done || !this.videos.every(v => v.ended)) return;
      this.seen = true;
      this.refresh();
      if (pairs) this.timer = setTimeout(() => this.play(), 500);
    }

    replay() {
      if (this.broken) return;
      this.replays++;
      this.play();
    }

    fail() {
      if (this.done || this.broken) return;
      this.broken = true;
      say("A clip cannot be played here. Press X to leave this question out, and tell whoever asked you.");
      this.refresh();
    }

    refresh() {
      for (const button of document.querySelectorAll("[data-choice]")) {
        button.disabled = this.broken || !this.seen;
        button.classList.remove("chosen");
      }
      $("skip").hidden = !this.broken;
      $("hint").textContent = this.broken ? "" : this.seen ? (pairs ? "Choose with ← or →" : "Answer with Y or N") : pairs ? "Watch both to the end first" : "Watch it to the end first";
    }

    answer(choice) {
      if (this.done || (choice === null ? !this.broken : this.broken || !this.seen)) return;
      this.stop();
      const spent = this.began ? Math.round(performance.now() - this.began) : 0;
      state.answers.push({ item: this.asked.item, clips: this.asked.clips, choice, milliseconds: spent, replays: this.replays });
      if (state.answers.length === sheet.trials.length) state.finished = new Date().toISOString();
      keep();
      say("");
      document.querySelector(`[data-choice="${choice}"]`)?.classList.add("chosen");
      setTimeout(next, 160);
    }

    stop() {
      this.done = true;
      clearTimeout(this.timer);
      this.listeners.abort();
      for (const v of this.videos) v.pause();
    }
  }

  function back() {
    if (state.answers.length === 0 || (view === "question" && trial.done)) return;
    state.answers.pop();
    state.finished = "";
    keep();
    say("");
    next();
  }

  function end() {
    show("end");
    $("text").value = JSON.stringify(result(), null, 2);
    $("save").focus();
  }

  // --- hands ------------------------------------------------------------------------------------

  $("begin").addEventListener("submit", event => {
    event.preventDefault();
    const of = plan.sheets.find(s => s.rater === Number($("rater").value));
    if (of) begin(of);
    else fault(`A number from 1 to ${plan.sheets.length}, please: the one that you were given.`);
  });
  $("load").addEventListener("change", event => event.target.files[0] && goOn(event.target.files[0]));
  for (const button of document.querySelectorAll("[data-choice]")) button.addEventListener("click", () => trial?.answer(button.dataset.choice));
  $("skip").addEventListener("click", () => trial?.answer(null));
  $("replay").addEventListener("click", () => trial?.replay());
  for (const button of document.querySelectorAll("[data-act=back]")) button.addEventListener("click", back);
  for (const button of document.querySelectorAll("[data-act=save]")) button.addEventListener("click", save);

  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || view === "start") return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = view === "end"
      ? { s: save, Backspace: back }[key]
      : key in keys ? () => trial.answer(keys[key]) : { r: () => trial.replay(), " ": () => trial.replay(), x: () => trial.answer(null), Backspace: back, s: save }[key];
    if (!act || event.target.tagName === "TEXTAREA") return;
    event.preventDefault();
    act();
  });
  addEventListener("beforeunload", event => { if (!store && !saved) event.preventDefault(); });
  addEventListener("hashchange", () => view === "start" && start());

  // --- SHA-256 (FIPS 180-4) and HMAC (RFC 2104): crypto.subtle is missing on pages served without TLS ------

  function hmac(key, text) {
    const utf8 = new TextEncoder(), block = new Uint8Array(64);
    block.set(utf8.encode(key));
    const inner = sha256([...block.map(b => b ^ 0x36), ...utf8.encode(text)]);
    return sha256([...block.map(b => b ^ 0x5c), ...inner]).map(b => b.toString(16).padStart(2, "0")).join("");
  }

  function sha256(bytes) {
    const fraction = x => ((x - Math.floor(x)) * 2 ** 32) >>> 0, turn = (x, n) => (x >>> n) | (x << (32 - n));
    const primes = [];
    for (let n = 2; primes.length < 64; n++) if (primes.every(p => n % p)) primes.push(n);
    const k = primes.map(p => fraction(Math.cbrt(p))), h = primes.slice(0, 8).map(p => fraction(Math.sqrt(p)));
    const length = bytes.length, padded = new Uint8Array((length + 72 >> 6) << 6), words = new DataView(padded.buffer), w = new Uint32Array(64);
    padded.set(bytes);
    padded[length] = 0x80;
    words.setUint32(padded.length - 8, Math.floor(length / 2 ** 29));
    words.setUint32(padded.length - 4, length << 3);
    for (let at = 0; at < padded.length; at += 64) {
      for (let i = 0; i < 64; i++) {
        if (i < 16) { w[i] = words.getUint32(at + 4 * i); continue; }
        const a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
      }
      let [a, b, c, d, e, f, g, last] = h;
      for (let i = 0; i < 64; i++) {
        const one = last + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + k[i] + w[i];
        const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        [last, g, f, e, d, c, b, a] = [g, f, e, (d + one) >>> 0, c, b, a, (one + two) >>> 0];
      }
      [a, b, c, d, e, f, g, last].forEach((x, i) => { h[i] = (h[i] + x) >>> 0; });
    }
    return h.flatMap(x => [x >>> 24, x >>> 16 & 255, x >>> 8 & 255, x & 255]);
  }

  start();
})();
