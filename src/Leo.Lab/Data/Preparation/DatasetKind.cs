namespace Leo.Lab.Data.Preparation;

/// <summary>The layouts of videos that <see cref="DatasetPreparation"/> knows; those of LEO §4 and any other folder.</summary>
public enum DatasetKind
{
    /// <summary>TaichiHD as the first-order-model's loader lays it out: its metadata CSV with the YouTube videos, or its cropped output.</summary>
    Taichi,

    /// <summary>FaceForensics (train, val, test with <c>original</c> and <c>mask</c>) or FaceForensics++ (<c>original_sequences</c>).</summary>
    FaceForensics,

    /// <summary>CelebV-HQ: <c>celebvhq_info.json</c> with raw YouTube videos, or the clips that its script cut.</summary>
    CelebVHQ,

    /// <summary>UCF101: a folder of avi files for each class, and the official lists.</summary>
    Ucf101,

    /// <summary>Any videos or folders of frames, such as LIA's <c>video/*.png</c>.</summary>
    Folder,
}
