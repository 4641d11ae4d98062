namespace Leo.Lab.Display;

/// <summary>Style, buttons and script of <see cref="VideoPlayer"/>.</summary>
internal static class PlayerParts
{
    public const string Style = """
        .leo.leo .leo-player{max-width:100%}.leo.leo video{display:block;max-width:100%;height:auto;border-radius:3px;background:var(--leo-card)}.leo.leo video.leo-crisp{image-rendering:pixelated}
        .leo.leo .leo-bar{display:flex;flex-wrap:wrap;align-items:center;gap:2px;margin-top:4px;min-width:0}.leo.leo .leo-bar[hidden]{display:none}
        .leo.leo .leo-bar button{font:inherit;font-size:12px;line-height:20px;width:26px;height:22px;padding:0;color:inherit;background:var(--leo-card);border:1px solid var(--leo-line);border-radius:4px;cursor:pointer}
        .leo.leo .leo-bar button:hover{border-color:var(--leo-accent)}
        .leo.leo .leo-bar input{flex:1;min-width:40px;height:16px;margin:0 4px;accent-color:var(--leo-accent)}
        .leo.leo .leo-bar output{font-size:12px;font-variant-numeric:tabular-nums;color:color-mix(in srgb,currentColor 66%,transparent);white-space:nowrap}
        """;

    // The middle of a frame is asked for, for rounding at its edge may show the neighbour.
    public const string Script = """
        <script>(()=>{for(const p of document.querySelectorAll('.leo-player')){
        if(p.leoReady)continue;p.leoReady=true;
        const v=p.querySelector('video'),bar=p.querySelector('.leo-bar'),play=bar.querySelector('[data-play]'),at=bar.querySelector('input'),say=bar.querySelector('output'),n=+p.dataset.frames,fps=+p.dataset.fps;
        let k=0;const tell=i=>{k=Math.max(0,Math.min(n-1,i));at.value=k;say.textContent=(k+1)+' / '+n};
        const go=i=>{v.pause();tell((i+n)%n);v.currentTime=(k+.5)/fps};
        const read=()=>tell(Math.floor(v.currentTime*fps+.001));
        const next=(_,shown)=>{if(!v.paused)tell(Math.round(shown.mediaTime*fps));if(v.isConnected)v.requestVideoFrameCallback(next)};
        if(v.requestVideoFrameCallback)v.requestVideoFrameCallback(next);else v.addEventListener('timeupdate',()=>{if(!v.paused)read()});
        for(const b of bar.querySelectorAll('[data-step]'))b.onclick=()=>go(k+ +b.dataset.step);
        at.oninput=()=>go(+at.value);play.onclick=()=>v.paused?v.play():v.pause();
        const sign=()=>{play.textContent=v.paused?'▶':'❚❚';play.title=v.paused?'play':'pause'};
        v.onplay=v.onpause=sign;sign();tell(0);v.controls=false;bar.hidden=false}})()</script>
        """;

    public static string Bar(int frames) =>
        "<div class=\"leo-bar\" hidden><button type=\"button\" data-step=\"-1\" title=\"one frame back\">◂</button><button type=\"button\" data-play title=\"pause\">❚❚</button>"
        + $"<button type=\"button\" data-step=\"1\" title=\"one frame on\">▸</button><input type=\"range\" min=\"0\" max=\"{frames - 1}\" value=\"0\" aria-label=\"frame\"><output>1 / {frames}</output></div>";
}
