namespace TorchSharp;

public static partial class torch
{
    // Windows for signals: weights that fall off towards both ends.

    /// <summary>The Hann window.</summary>
    public static Tensor hann_window(
        long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Window(Op.Call(Ops.hann_window_periodic, len, periodic, ("dtype", dtype ?? defaultType), ("device", InitializeDevice(device))),
            requires_grad);

    /// <summary>The Hamming window.</summary>
    public static Tensor hamming_window(
        long len, bool periodic = true, float alpha = 0.54f, float beta = 0.46f, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Window(Op.Call(Ops.hamming_window_periodic_alpha_beta, len, periodic, (double)alpha, (double)beta,
            ("dtype", dtype ?? defaultType), ("device", InitializeDevice(device))), requires_grad);

    /// <summary>The Blackman window.</summary>
    public static Tensor blackman_window(
        long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Window(Op.Call(Ops.blackman_window_periodic, len, periodic, ("dtype", dtype ?? defaultType), ("device", InitializeDevice(device))),
            requires_grad);

    /// <summary>The triangular window.</summary>
    public static Tensor bartlett_window(
        long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Window(Op.Call(Ops.bartlett_window_periodic, len, periodic, ("dtype", dtype ?? defaultType), ("device", InitializeDevice(device))),
            requires_grad);

    /// <summary>The Kaiser window.</summary>
    public static Tensor kaiser_window(
        long len, bool periodic = true, float beta = 12f, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Window(Op.Call(Ops.kaiser_window_beta, len, periodic, (double)beta, ("dtype", dtype ?? defaultType),
            ("device", InitializeDevice(device))), requires_grad);

    private static Tensor Window(Tensor t, bool requires_grad) => requires_grad ? t.requires_grad_() : t;
}
