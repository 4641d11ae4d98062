using System.Globalization;
using Leo.Lab.Display;
using Leo.Lab.Media;

namespace Leo.Lab.Experiments;

/// <summary>The main job's page.</summary>
internal static class ReportPage
{
    public static HtmlReport Build(EndToEndReport report, IReadOnlyDictionary<string, SubjectExhibits> exhibits, EndToEndOptions options)
    {
        string how = report.Trained ? "trained from scratch for this report" : "loaded from checkpoints";
        var page = new HtmlReport("LEO: videos of people from motion codes",
            "A latent image animator turns a picture and twenty numbers a frame into video; a diffusion model writes the numbers. "
            + $"Models of preset {report.Preset}, {how}. Everybody shown here was held out from training.")
        {
            Footer = string.Create(CultureInfo.InvariantCulture, $"Made in {report.Seconds:0} seconds with seed {report.Seed}. The same numbers are in report.json."),
        };
        foreach (var (name, numbers) in report.Subjects)
            AddSubject(page, name, numbers, exhibits[name], options);
        return page;
    }

    private static void AddSubject(HtmlReport page, string name, SubjectReport numbers, SubjectExhibits shown, EndToEndOptions options)
    {
        page.Section(char.ToUpperInvariant(name[0]) + name[1..]);
        page.Numbers(KeyNumbers(numbers));

        page.Heading("Reconstruction").Text("The first frame of a held-out video is the source; the motion code of every other frame moves it. "
            + "Colour in the flow maps is direction, strength is length; in the masks, white shows the warped source and black what was inpainted.");
        foreach (var (video, caption) in shown.Reconstructions)
            page.Video(Mp4.Bytes(video), caption, ["source", "driving", "generated", "flow", "mask"]);
        page.Show(ReportTables.Reconstruction(numbers.Reconstruction));
        if (numbers.Reconstruction.StillVideos() is { Length: > 0 } still)
            page.Text(char.ToUpperInvariant(still[0]) + still[1..] + ".");
        page.Show(ReportTables.Motion(numbers.Reconstruction));
        page.Text($"Perceptual term in the animator's training: {numbers.PerceptualTerm}.");

        if (shown.Transfers.Count > 0)
        {
            page.Heading("Motion of one, looks of another").Text("The driver's motion since its first frame, added to the source's own code.");
            foreach (var (video, caption) in shown.Transfers)
                page.Video(Mp4.Bytes(video), caption, ["source", "driver", "generated"]);
        }

        page.Heading("Sampled videos").Text($"One picture each, and motion from the conditional model ({numbers.Samples.Sampler}, {numbers.Samples.Frames} frames).");
        page.Gallery(shown.Samples.Select(s => (Bytes(s.Video), s.Caption)));
        page.Picture(Sheet(shown.Samples.Select(s => s.Video)), "The same videos frame by frame: a row a video, evenly spaced from the first frame to the last.");
        if (shown.FreeSamples.Count > 0)
        {
            page.Text("Here the first pose is drawn too, from the model of single codes.");
            page.Gallery(shown.FreeSamples.Select(s => (Bytes(s.Video), s.Caption)));
        }

        if (shown.Nobody.Count > 0)
        {
            page.Heading("People who do not exist").Text("The pose is drawn from the model of single codes, the picture from the model of starting frames for this pose, the motion as above.");
            page.Gallery(shown.Nobody.Select(s => (Bytes(s.Video), s.Caption)));
        }

        AddLong(page, shown.Long, "The last code of a sequence starts the next one, as often as wanted.");
        AddLong(page, shown.LongWithTransitions, "Every second sequence is a transition to a new pose, so that the motion does not stay in one pattern.");

        page.Heading("Motion codes");
        foreach (var (chart, caption) in shown.Trajectories)
            page.Still(chart, caption);
        page.Show(ReportTables.Codes(numbers));
        if (ReportTables.PoseVariables(numbers.MotionCode) is { } variables)
            page.Show(variables);
    }

    private static IEnumerable<(string, string)> KeyNumbers(SubjectReport numbers)
    {
        yield return (ReportTables.Number(numbers.Reconstruction.Agreement, "0.00"), "agreement of the generated motion with the real one; 1 is best");
        yield return (ReportTables.Number(numbers.Reconstruction.Gain, "0.00"), "gain: share of the motion that is there");
        yield return (ReportTables.Number(numbers.Reconstruction.MovingRatio, "0.00"), "of the error of repeating the source, where something moves");
        yield return (ReportTables.Number(numbers.Reconstruction.Psnr, "0.0") + " dB", "PSNR of reconstructed frames");
        if (numbers.MotionCode.PoseR2 is { } r2)
            yield return (ReportTables.Number(r2, "0.00"), "R² of true pose, read linearly from motion codes");
        if (numbers.MotionCode is { IdentityAccuracy: { } accuracy, IdentityChance: { } chance })
            yield return (ReportTables.Number(accuracy, "0.00"), $"identity read from motion codes; guessing gives {ReportTables.Number(chance, "0.00")}");
        yield return (ReportTables.Number(numbers.LongVideo.IdentityDrift, "0.000"),
            $"drift of colours over {numbers.LongVideo.Frames} frames; real videos {ReportTables.Number(numbers.LongVideo.IdentityDriftReal, "0.000")}");
    }

    private static void AddLong(HtmlReport page, Video? film, string text)
    {
        if (film is null)
            return;
        page.Heading($"{film.FrameCount} frames").Text(text);
        page.Gallery([(Bytes(film), $"{film.FrameCount} frames")]);
        page.Picture(Sheet([film], columns: 16), "From the first frame to the last.");
    }

    private static byte[] Bytes(Video video) => Mp4.Bytes(VideoSheet.SideBySide([video], video.Height < 200 ? 2 : 1));

    private static byte[] Sheet(IEnumerable<Video> videos, int columns = 12) => ImageFile.ToPng(VideoSheet.Contact([.. videos], columns));
}
