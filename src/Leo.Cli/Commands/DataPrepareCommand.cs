using System.CommandLine;
using Leo.Lab.Data.Preparation;

namespace Leo.Cli.Commands;

/// <summary><c>leo data prepare</c>: the paper's data sets, from the layouts that they are downloaded in.</summary>
internal static class DataPrepareCommand
{
    private static readonly Dictionary<string, DatasetKind> Kinds = new()
    {
        ["taichi"] = DatasetKind.Taichi,
        ["faceforensics"] = DatasetKind.FaceForensics,
        ["celebvhq"] = DatasetKind.CelebVHQ,
        ["ucf101"] = DatasetKind.Ucf101,
        ["folder"] = DatasetKind.Folder,
    };

    public static LeoCommand Create(Shell shell)
    {
        var dataset = new Argument<string>("dataset") { Description = "Which layout the source has." };
        dataset.AcceptOnlyFromAmong([.. Kinds.Keys]);
        var source = new Argument<string>("source") { Description = "The folder as it was downloaded." };
        var target = new Argument<string>("target") { Description = "The folder to fill; it gets train/, test/ and manifest.json." };
        var options = new PreparationOptionSet();
        var crop = new Option<string>("--crop")
        {
            Description = "faceforensics: cut each frame by its own mesh, as published, or the whole video by one box, which keeps the head's movement.",
            DefaultValueFactory = _ => "frame",
        };
        crop.AcceptOnlyFromAmong("frame", "video");
        var split = CommonOptions.Count("--split", "ucf101: which of the three official splits.", 1);
        var metadata = CommonOptions.OptionalPath("--metadata", "path", "The CSV, JSON or folder of split lists, where it is not in its usual place.");

        return new LeoCommand("prepare", "Crop, resize and split a data set as published. What cannot be used is listed; a second call makes only what is missing.",
            "leo data prepare taichi taichi-loading data/taichi --size 128",
            "leo data prepare faceforensics FaceForensics_compressed data/ffs --crop video",
            "leo data prepare celebvhq downloaded_celebvhq data/celebvhq --metadata celebvhq_info.json",
            "leo data prepare ucf101 ucf101 data/ucf101 --size 128 --split 1",
            "leo data prepare folder my-videos data/mine --size 64 --every 2 --format png")
        .With(dataset, source, target).With(options.Symbols).With(crop, split, metadata)
        .Does(parsed =>
        {
            string name = parsed.GetRequiredValue(dataset), to = parsed.GetRequiredValue(target);
            var wanted = options.Read(parsed) with
            {
                Crop = parsed.GetValue(crop) == "video" ? MeshCrop.Video : MeshCrop.Frame,
                Split = parsed.GetValue(split),
                Metadata = parsed.GetValue(metadata),
            };
            PreparationReport? report = null;
            WorkProgress.Track(shell, name, "clips", progress => report = DatasetPreparation.Run(
                Kinds[name], parsed.GetRequiredValue(source), to, wanted, (done, total, _) => progress.Report(done, total), shell.Cancellation));
            PreparationSummary.Print(shell, "data prepare", to, report!, CommonOptions.WantsJson(parsed));
            return ExitCode.Success;
        });
    }
}
