namespace Leo.Lab.Data.Puppets;

/// <summary>The parts that a body is painted of; a pixel carries the bits of all that cover it, hidden ones too.</summary>
[Flags]
public enum BodyParts
{
    /// <summary>Background.</summary>
    None = 0,

    /// <summary>Both legs.</summary>
    Legs = 1,

    /// <summary>Trunk.</summary>
    Trunk = 2,

    /// <summary>Head, neck and hair.</summary>
    Head = 4,

    /// <summary>The arm on the image's left.</summary>
    ArmLeft = 8,

    /// <summary>The arm on the image's right.</summary>
    ArmRight = 16,
}
