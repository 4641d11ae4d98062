namespace Leo.Lab.Data.Preparation;

/// <summary>How faces are cut out by the meshes that come with FaceForensics.</summary>
public enum MeshCrop
{
    /// <summary>Each frame by its own mesh, as Saito et al. 2020 and StyleGAN-V published it; the head stays in place and the background shakes.</summary>
    Frame,

    /// <summary>All frames by one box around all meshes (StyleGAN-V's <c>--wide_crop</c>): the head's own movement is kept.</summary>
    Video,
}
