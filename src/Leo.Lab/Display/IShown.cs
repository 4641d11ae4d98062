namespace Leo.Lab.Display;

/// <summary>
/// Something that a notebook or page shows: a form in HTML that needs nothing from outside, and a plain one, which is
/// <see cref="object.ToString"/>.
/// </summary>
public interface IShown
{
    /// <summary>The HTML form, self-contained; whatever text the value holds is encoded in it.</summary>
    string ToHtml();
}
