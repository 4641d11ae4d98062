using static TorchSharp.torch;

namespace Leo.Lab.Metrics.Faces;

/// <summary>Which of face-api's networks finds faces.</summary>
public enum FaceDetectorKind
{
    /// <summary><c>tinyFaceDetector</c>: small and quick; wants some room around the head.</summary>
    Tiny,

    /// <summary><c>ssdMobilenetv1</c>: face-api's own default, about ten times the work.</summary>
    Ssd,
}

/// <summary>Finds the clearest face of a picture.</summary>
internal interface IFaceDetector : IDisposable
{
    /// <summary>Loads a detector.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="folder">Folder of face-api's models.</param>
    /// <exception cref="Checkpoints.CheckpointException">A file is missing, damaged or something else.</exception>
    static IFaceDetector Load(FaceDetectorKind kind, string folder) => kind == FaceDetectorKind.Ssd ? new SsdFaceDetector(folder) : new FaceDetector(folder);

    /// <summary>Moves the weights.</summary>
    void MoveTo(Device device);

    /// <summary>The face that the network is surest of.</summary>
    /// <param name="frame">[3, H, W], values 0 to 255.</param>
    /// <returns>Where it is, and how sure; null where there is none.</returns>
    (FaceBox Box, double Score)? Find(Tensor frame);
}
