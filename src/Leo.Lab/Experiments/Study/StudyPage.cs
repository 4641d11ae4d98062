using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Leo.Lab.Experiments.Study;

/// <summary>
/// The page that raters open: one HTML file without any outside part. It holds clips' random names and who sees which when; whose clips
/// they are is not in it. Its content-security policy allows its own script and style, by hash, and its own clips, nothing else.
/// </summary>
internal static class StudyPage
{
    // The strict encoder writes <, >, & and quotes as \u…, so that no text can end the script element.
    private static readonly JsonSerializerOptions Strict = new(Json.Compact) { Encoder = JavaScriptEncoder.Default };

    /// <summary>The page of a study.</summary>
    /// <param name="key">The study.</param>
    /// <param name="embedded">Clips by name, to be put into the page; null where they lie in a folder <c>clips</c> beside it.</param>
    public static string Html(StudyKey key, IReadOnlyDictionary<string, byte[]>? embedded)
    {
        bool pairs = key.Question.Mode == StudyMode.Preference;
        string script = Resource("study.js"), style = Resource("study.css");
        string plan = JsonSerializer.Serialize(new
        {
            key.Study,
            Mode = key.Question.Mode,
            Question = key.Question.Text,
            key.Sheets,
            Embedded = embedded?.ToDictionary(c => c.Key, c => Convert.ToBase64String(c.Value)),
        }, Strict);
        int asked = key.Sheets[0].Trials.Count;
        // Not every browser lets 'self' stand for files beside a page that is a file itself; where the page is served, file: opens nothing.
        string media = embedded is null ? "'self' file:" : "blob:";
        string policy = $"default-src 'none'; script-src '{Hash(script)}'; style-src '{Hash(style)}'; media-src {media}; connect-src 'none'; base-uri 'none'; form-action 'none'";
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <meta name="referrer" content="no-referrer">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Encode(key.Question.Text)}</title>
            <style>{style}</style>
            </head>
            <body>
            <div id="track"><div id="bar"></div></div>
            <main>
            <noscript><section class="text"><p>This page needs JavaScript. It loads nothing from anywhere.</p></section></noscript>
            <section id="start" class="text" hidden>
            <h1>{Encode(key.Question.Text)}</h1>
            <p>{(pairs
                ? $"You will see {asked} pairs of short clips and choose one of each. Go by your first impression; watch a pair as often as you like."
                : $"You will see {asked} short clips and answer this question about each. Watch a clip as often as you like.")}</p>
            <p class="soft">Nothing leaves your computer. At the end you save a file with your answers – no name, only your number – and send it to whoever asked you. You can stop at any time.</p>
            <dl>
            {(pairs
                ? "<dt><kbd>←</kbd> <kbd>→</kbd></dt><dd>choose the left or the right clip</dd>"
                : "<dt><kbd>Y</kbd> <kbd>N</kbd></dt><dd>yes or no</dd>")}
            <dt><kbd>R</kbd></dt><dd>watch again from the start</dd>
            <dt><kbd>⌫</kbd></dt><dd>back to the question before</dd>
            <dt><kbd>S</kbd></dt><dd>save what you have answered so far</dd>
            </dl>
            <p id="forgets" class="notice" hidden>This browser does not keep your place. Finish in one sitting, or save with <kbd>S</kbd> and go on from that file later.</p>
            <form id="begin" novalidate><label>Your number<input id="rater" type="number" min="1" required></label><button class="main">Begin ⏎</button></form>
            <p id="fault" class="fault" role="alert"></p>
            <details><summary>Go on from a file that you saved</summary><p><input id="load" type="file" accept=".json,application/json" aria-label="Saved answers"></p></details>
            </section>
            <section id="question" hidden>
            <header><div id="count"></div><h2>{Encode(key.Question.Text)}</h2><div id="hint"></div></header>
            {(pairs ? Pair : Single)}
            <div class="tools"><button class="link" id="replay"><kbd>R</kbd> again</button><button class="link" data-act="back"><kbd>⌫</kbd> back</button><button class="link" data-act="save"><kbd>S</kbd> save</button><button id="skip" hidden><kbd>X</kbd> leave out</button></div>
            </section>
            <section id="end" class="text" hidden>
            <h1>Done. Thank you!</h1>
            <p>Save your answers and send the file to whoever asked you.</p>
            <p><button class="main" id="save" data-act="save">Save answers ⏎</button> <button class="link" data-act="back"><kbd>⌫</kbd> back</button></p>
            <p id="saved" role="status"></p>
            <details><summary>Saving does not work?</summary>Copy this text and send it instead.<textarea id="text" readonly aria-label="Your answers"></textarea></details>
            </section>
            </main>
            <div id="say" role="status"></div>
            <script type="application/json" id="plan">{plan}</script>
            <script>{script}</script>
            </body>
            </html>

            """;
    }

    private const string Pair = """
        <div class="stage">
        <div class="side"><div class="frame" id="frame-0"></div><button class="choose" data-choice="left"><kbd>←</kbd> this one</button></div>
        <div class="side"><div class="frame" id="frame-1"></div><button class="choose" data-choice="right">this one <kbd>→</kbd></button></div>
        </div>
        """;

    private const string Single = """
        <div class="stage single"><div class="side"><div class="frame" id="frame-0"></div>
        <div class="answers"><button class="choose" data-choice="yes"><kbd>Y</kbd> yes</button><button class="choose" data-choice="no"><kbd>N</kbd> no</button></div></div></div>
        """;

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string Resource(string name)
    {
        using var stream = typeof(StudyPage).Assembly.GetManifestResourceStream($"Leo.Lab.Experiments.Study.Page.{name}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
