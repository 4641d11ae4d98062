using System.Globalization;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A tensor in a notebook: shape, type, range, and its first numbers; notebooks make one by reflection.</summary>
internal sealed class TensorFormatters
{
    public const string Html = "text/html", Plain = "text/plain";

    private const long Rows = 6, Columns = 8, Small = 64;

    public IEnumerable<object> CreateTypeFormatters() => [new TensorFormatter(Html, ToHtml), new TensorFormatter(Plain, ToPlain)];

    /// <summary>A line, and below it all numbers of a small tensor.</summary>
    public static string ToPlain(Tensor tensor)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        return !tensor.IsInvalid && tensor.numel() is > 0 and <= Small && !tensor.is_complex()
            ? Head(tensor) + "\n" + tensor.npstr(newLine: "\n", width: null)
            : Head(tensor);
    }

    /// <summary>A line, and below it the first matrix, cut at 6 × 8 numbers.</summary>
    public static string ToHtml(Tensor tensor)
    {
        using var guard = no_grad();
        var html = new StringBuilder("<div>").Append(Head(tensor)).Append("</div>");
        if (tensor.IsInvalid || tensor.numel() == 0 || tensor.is_complex())
            return html.ToString();

        using var scope = NewDisposeScope();
        var matrix = tensor.detach();
        for (; matrix.dim() > 2; matrix = matrix[0]) { }
        while (matrix.dim() < 2) matrix = matrix.unsqueeze(0);
        (long height, long width) = (matrix.shape[0], matrix.shape[1]);
        (long rows, long columns) = (Math.Min(height, Rows), Math.Min(width, Columns));
        var numbers = matrix.narrow(0, 0, rows).narrow(1, 0, columns).to(ScalarType.Float64, CPU).contiguous().data<double>().ToArray();
        if (tensor.dim() > 2)
            html.Append($"<div style=\"opacity:.7\">[{string.Join(", ", Enumerable.Repeat("0", (int)tensor.dim() - 2))}, :, :]</div>");
        html.Append("<table style=\"font-variant-numeric:tabular-nums;text-align:right\"><tbody>");
        for (long i = 0; i < rows; i++)
        {
            html.Append("<tr>");
            for (long j = 0; j < columns; j++) html.Append("<td>").Append(Number(numbers[(i * columns) + j])).Append("</td>");
            html.Append(columns < width ? "<td>…</td></tr>" : "</tr>");
        }
        if (rows < height)
            html.Append(CultureInfo.InvariantCulture, $"<tr><td colspan=\"{columns + (columns < width ? 1 : 0)}\" style=\"text-align:center\">⋮</td></tr>");
        return html.Append("</tbody></table>").ToString();
    }

    private static string Head(Tensor tensor)
    {
        if (tensor.IsInvalid)
            return "a tensor that was disposed of";
        string head = $"[{string.Join(", ", tensor.shape)}] {tensor.dtype}";
        if (tensor.device_type != DeviceType.CPU)
            head += $" on {tensor.device}";
        if (tensor.requires_grad)
            head += ", requires gradient";
        if (tensor.numel() < 2 || !tensor.is_floating_point())
            return head;
        using var scope = NewDisposeScope();
        var values = tensor.detach();
        return $"{head}; {Number(values.min().ToDouble())} to {Number(values.max().ToDouble())}, mean {Number(values.mean().ToDouble())}";
    }

    private static string Number(double value) => value.ToString("g4", CultureInfo.InvariantCulture);

    /// <summary>One form; the shape of this class is what notebooks look for.</summary>
    private sealed class TensorFormatter(string mimeType, Func<Tensor, string> form)
    {
        public string MimeType { get; } = mimeType;

        public bool Format(object? instance, TextWriter writer)
        {
            if (instance is not Tensor tensor)
                return false;
            writer.Write(form(tensor));
            return true;
        }
    }
}
