namespace Leo.Lab.Data;

/// <summary>Why a video cannot be used; names of quarantine's lists.</summary>
public enum ScanFault
{
    /// <summary>It can be used.</summary>
    None,

    /// <summary>It is damaged, cut short, or no video.</summary>
    Unreadable,

    /// <summary>It has too few frames.</summary>
    TooShort,

    /// <summary>It is smaller than the model.</summary>
    TooSmall,

    /// <summary>It is for training and stands in the test part too.</summary>
    NearDuplicate,
}
