namespace TorchSharp;

public static partial class torch
{
    // The same as static functions.

    /// <summary>The absolute value.</summary>
    public static Tensor abs(Tensor input) => input.abs();

    /// <summary>In place: the absolute value.</summary>
    public static Tensor abs_(Tensor input) => input.abs_();

    /// <summary>The absolute value.</summary>
    public static Tensor absolute(Tensor input) => input.absolute();

    /// <summary>In place: the absolute value.</summary>
    public static Tensor absolute_(Tensor input) => input.absolute_();

    /// <summary>The inverse cosine.</summary>
    public static Tensor acos(Tensor input) => input.acos();

    /// <summary>In place: the inverse cosine.</summary>
    public static Tensor acos_(Tensor input) => input.acos_();

    /// <summary>The inverse hyperbolic cosine.</summary>
    public static Tensor acosh(Tensor input) => input.acosh();

    /// <summary>In place: the inverse hyperbolic cosine.</summary>
    public static Tensor acosh_(Tensor input) => input.acosh_();

    /// <summary>The inverse cosine.</summary>
    public static Tensor arccos(Tensor input) => input.arccos();

    /// <summary>In place: the inverse cosine.</summary>
    public static Tensor arccos_(Tensor input) => input.arccos_();

    /// <summary>The inverse hyperbolic cosine.</summary>
    public static Tensor arccosh(Tensor input) => input.arccosh();

    /// <summary>In place: the inverse hyperbolic cosine.</summary>
    public static Tensor arccosh_(Tensor input) => input.arccosh_();

    /// <summary>The inverse sine.</summary>
    public static Tensor arcsin(Tensor input) => input.arcsin();

    /// <summary>In place: the inverse sine.</summary>
    public static Tensor arcsin_(Tensor input) => input.arcsin_();

    /// <summary>The inverse hyperbolic sine.</summary>
    public static Tensor arcsinh(Tensor input) => input.arcsinh();

    /// <summary>In place: the inverse hyperbolic sine.</summary>
    public static Tensor arcsinh_(Tensor input) => input.arcsinh_();

    /// <summary>The inverse tangent.</summary>
    public static Tensor arctan(Tensor input) => input.arctan();

    /// <summary>The inverse tangent.</summary>
    public static Tensor arctan(Tensor input, Tensor other) => input.arctan(other);

    /// <summary>In place: the inverse tangent.</summary>
    public static Tensor arctan_(Tensor input) => input.arctan_();

    /// <summary>In place: the inverse tangent.</summary>
    public static Tensor arctan_(Tensor input, Tensor other) => input.arctan_(other);

    /// <summary>The inverse hyperbolic tangent.</summary>
    public static Tensor arctanh(Tensor input) => input.arctanh();

    /// <summary>In place: the inverse hyperbolic tangent.</summary>
    public static Tensor arctanh_(Tensor input) => input.arctanh_();

    /// <summary>The inverse sine.</summary>
    public static Tensor asin(Tensor input) => input.asin();

    /// <summary>In place: the inverse sine.</summary>
    public static Tensor asin_(Tensor input) => input.asin_();

    /// <summary>The inverse hyperbolic sine.</summary>
    public static Tensor asinh(Tensor input) => input.asinh();

    /// <summary>In place: the inverse hyperbolic sine.</summary>
    public static Tensor asinh_(Tensor input) => input.asinh_();

    /// <summary>The inverse tangent.</summary>
    public static Tensor atan(Tensor input) => input.atan();

    /// <summary>In place: the inverse tangent.</summary>
    public static Tensor atan_(Tensor input) => input.atan_();

    /// <summary>The inverse hyperbolic tangent.</summary>
    public static Tensor atanh(Tensor input) => input.atanh();

    /// <summary>In place: the inverse hyperbolic tangent.</summary>
    public static Tensor atanh_(Tensor input) => input.atanh_();

    /// <summary>The least integer not below.</summary>
    public static Tensor ceil(Tensor input) => input.ceil();

    /// <summary>In place: the least integer not below.</summary>
    public static Tensor ceil_(Tensor input) => input.ceil_();

    /// <summary>The cosine.</summary>
    public static Tensor cos(Tensor input) => input.cos();

    /// <summary>In place: the cosine.</summary>
    public static Tensor cos_(Tensor input) => input.cos_();

    /// <summary>The hyperbolic cosine.</summary>
    public static Tensor cosh(Tensor input) => input.cosh();

    /// <summary>In place: the hyperbolic cosine.</summary>
    public static Tensor cosh_(Tensor input) => input.cosh_();

    /// <summary>Degrees to radians.</summary>
    public static Tensor deg2rad(Tensor input) => input.deg2rad();

    /// <summary>The logarithmic derivative of the gamma function.</summary>
    public static Tensor digamma(Tensor input) => input.digamma();

    /// <summary>In place: the logarithmic derivative of the gamma function.</summary>
    public static Tensor digamma_(Tensor input) => input.digamma_();

    /// <summary>The error function.</summary>
    public static Tensor erf(Tensor input) => input.erf();

    /// <summary>In place: the error function.</summary>
    public static Tensor erf_(Tensor input) => input.erf_();

    /// <summary>One minus the error function.</summary>
    public static Tensor erfc(Tensor input) => input.erfc();

    /// <summary>In place: one minus the error function.</summary>
    public static Tensor erfc_(Tensor input) => input.erfc_();

    /// <summary>The inverse of the error function.</summary>
    public static Tensor erfinv(Tensor input) => input.erfinv();

    /// <summary>In place: the inverse of the error function.</summary>
    public static Tensor erfinv_(Tensor input) => input.erfinv_();

    /// <summary>The exponential.</summary>
    public static Tensor exp(Tensor input) => input.exp();

    /// <summary>In place: the exponential.</summary>
    public static Tensor exp_(Tensor input) => input.exp_();

    /// <summary>Two to that power.</summary>
    public static Tensor exp2(Tensor input) => input.exp2();

    /// <summary>The exponential minus one.</summary>
    public static Tensor expm1(Tensor input) => input.expm1();

    /// <summary>In place: the exponential minus one.</summary>
    public static Tensor expm1_(Tensor input) => input.expm1_();

    /// <summary>The greatest integer not above.</summary>
    public static Tensor floor(Tensor input) => input.floor();

    /// <summary>In place: the greatest integer not above.</summary>
    public static Tensor floor_(Tensor input) => input.floor_();

    /// <summary>The part behind the point.</summary>
    public static Tensor frac(Tensor input) => input.frac();

    /// <summary>In place: the part behind the point.</summary>
    public static Tensor frac_(Tensor input) => input.frac_();

    /// <summary>The logarithm of the gamma function's absolute value.</summary>
    public static Tensor lgamma(Tensor input) => input.lgamma();

    /// <summary>In place: the logarithm of the gamma function's absolute value.</summary>
    public static Tensor lgamma_(Tensor input) => input.lgamma_();

    /// <summary>The natural logarithm.</summary>
    public static Tensor log(Tensor input) => input.log();

    /// <summary>In place: the natural logarithm.</summary>
    public static Tensor log_(Tensor input) => input.log_();

    /// <summary>The logarithm to base ten.</summary>
    public static Tensor log10(Tensor input) => input.log10();

    /// <summary>In place: the logarithm to base ten.</summary>
    public static Tensor log10_(Tensor input) => input.log10_();

    /// <summary>The logarithm of one plus.</summary>
    public static Tensor log1p(Tensor input) => input.log1p();

    /// <summary>In place: the logarithm of one plus.</summary>
    public static Tensor log1p_(Tensor input) => input.log1p_();

    /// <summary>The logarithm to base two.</summary>
    public static Tensor log2(Tensor input) => input.log2();

    /// <summary>In place: the logarithm to base two.</summary>
    public static Tensor log2_(Tensor input) => input.log2_();

    /// <summary>The inverse of the sigmoid, of values held within [eps, 1 - eps].</summary>
    public static Tensor logit(Tensor input, double? eps = null) => input.logit(eps);

    /// <summary>The negative.</summary>
    public static Tensor neg(Tensor input) => input.neg();

    /// <summary>In place: the negative.</summary>
    public static Tensor neg_(Tensor input) => input.neg_();

    /// <summary>The negative.</summary>
    public static Tensor negative(Tensor input) => input.negative();

    /// <summary>The tensor itself.</summary>
    public static Tensor positive(Tensor input) => input.positive();

    /// <summary>Radians to degrees.</summary>
    public static Tensor rad2deg(Tensor input) => input.rad2deg();

    /// <summary>One divided by.</summary>
    public static Tensor reciprocal(Tensor input) => input.reciprocal();

    /// <summary>In place: one divided by.</summary>
    public static Tensor reciprocal_(Tensor input) => input.reciprocal_();

    /// <summary>The nearest integer, halves to even, or that many decimals.</summary>
    public static Tensor round(Tensor input, long decimals = 0) => input.round(decimals);

    /// <summary>In place: the nearest integer, halves to even, or that many decimals.</summary>
    public static Tensor round_(Tensor input, long decimals = 0) => input.round_(decimals);

    /// <summary>One divided by the square root.</summary>
    public static Tensor rsqrt(Tensor input) => input.rsqrt();

    /// <summary>In place: one divided by the square root.</summary>
    public static Tensor rsqrt_(Tensor input) => input.rsqrt_();

    /// <summary>The sign.</summary>
    public static Tensor sgn(Tensor input) => input.sgn();

    /// <summary>In place: the sign.</summary>
    public static Tensor sgn_(Tensor input) => input.sgn_();

    /// <summary>The logistic function, 1 / (1 + exp(-x)).</summary>
    public static Tensor sigmoid(Tensor input) => input.sigmoid();

    /// <summary>In place: the logistic function, 1 / (1 + exp(-x)).</summary>
    public static Tensor sigmoid_(Tensor input) => input.sigmoid_();

    /// <summary>The sign: -1, 0 or 1.</summary>
    public static Tensor sign(Tensor input) => input.sign();

    /// <summary>In place: the sign: -1, 0 or 1.</summary>
    public static Tensor sign_(Tensor input) => input.sign_();

    /// <summary>Whether the sign bit is set.</summary>
    public static Tensor signbit(Tensor input) => input.signbit();

    /// <summary>The sine.</summary>
    public static Tensor sin(Tensor input) => input.sin();

    /// <summary>In place: the sine.</summary>
    public static Tensor sin_(Tensor input) => input.sin_();

    /// <summary>sin(πx) / (πx).</summary>
    public static Tensor sinc(Tensor input) => input.sinc();

    /// <summary>In place: sin(πx) / (πx).</summary>
    public static Tensor sinc_(Tensor input) => input.sinc_();

    /// <summary>The hyperbolic sine.</summary>
    public static Tensor sinh(Tensor input) => input.sinh();

    /// <summary>In place: the hyperbolic sine.</summary>
    public static Tensor sinh_(Tensor input) => input.sinh_();

    /// <summary>The square root.</summary>
    public static Tensor sqrt(Tensor input) => input.sqrt();

    /// <summary>In place: the square root.</summary>
    public static Tensor sqrt_(Tensor input) => input.sqrt_();

    /// <summary>The square.</summary>
    public static Tensor square(Tensor input) => input.square();

    /// <summary>The tangent.</summary>
    public static Tensor tan(Tensor input) => input.tan();

    /// <summary>In place: the tangent.</summary>
    public static Tensor tan_(Tensor input) => input.tan_();

    /// <summary>The hyperbolic tangent.</summary>
    public static Tensor tanh(Tensor input) => input.tanh();

    /// <summary>In place: the hyperbolic tangent.</summary>
    public static Tensor tanh_(Tensor input) => input.tanh_();

    /// <summary>The integer part.</summary>
    public static Tensor trunc(Tensor input) => input.trunc();

    /// <summary>In place: the integer part.</summary>
    public static Tensor trunc_(Tensor input) => input.trunc_();

    /// <summary>The integer part.</summary>
    public static Tensor fix(Tensor input) => input.fix();

    /// <summary>In place: the integer part.</summary>
    public static Tensor fix_(Tensor input) => input.fix_();

    /// <summary>NaN and the infinities replaced by numbers.</summary>
    public static Tensor nan_to_num(Tensor input, double nan = 0, double? posinf = null, double? neginf = null) =>
        input.nan_to_num(nan, posinf, neginf);

    /// <summary>Mantissa and exponent to base two.</summary>
    public static (Tensor Mantissa, Tensor Exponent) frexp(Tensor input) => input.frexp();

    /// <summary>The angle in the complex plane: 0, or π for negative numbers.</summary>
    public static Tensor angle(Tensor input) => input.angle();

    /// <summary>The multivariate logarithm of the gamma function.</summary>
    public static Tensor mvlgamma(Tensor input, long p) => input.mvlgamma(p);

    /// <summary>In place: the multivariate logarithm of the gamma function.</summary>
    public static Tensor mvlgamma_(Tensor input, long p) => input.mvlgamma_(p);

    /// <summary>The p-th derivative of the digamma function.</summary>
    public static Tensor polygamma(Tensor input, long p) => input.polygamma(p);

    /// <summary>In place: the p-th derivative of the digamma function.</summary>
    public static Tensor polygamma_(Tensor input, long p) => input.polygamma_(p);

    /// <summary>The modified Bessel function of order 0.</summary>
    public static Tensor i0(Tensor input) => input.i0();
}
