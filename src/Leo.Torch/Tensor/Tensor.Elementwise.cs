namespace TorchSharp;

public static partial class torch
{
    // Math of one tensor, element by element.
    public partial class Tensor
    {
        /// <summary>The absolute value.</summary>
        public Tensor abs() => Op.Call(Ops.abs, this);

        /// <summary>In place: the absolute value.</summary>
        public Tensor abs_() => InPlace(Ops.abs_, this);

        /// <summary>The absolute value.</summary>
        public Tensor absolute() => abs();

        /// <summary>In place: the absolute value.</summary>
        public Tensor absolute_() => abs_();

        /// <summary>The inverse cosine.</summary>
        public Tensor acos() => Op.Call(Ops.acos, this);

        /// <summary>In place: the inverse cosine.</summary>
        public Tensor acos_() => InPlace(Ops.acos_, this);

        /// <summary>The inverse hyperbolic cosine.</summary>
        public Tensor acosh() => Op.Call(Ops.acosh, this);

        /// <summary>In place: the inverse hyperbolic cosine.</summary>
        public Tensor acosh_() => InPlace(Ops.acosh_, this);

        /// <summary>The inverse cosine.</summary>
        public Tensor arccos() => acos();

        /// <summary>In place: the inverse cosine.</summary>
        public Tensor arccos_() => acos_();

        /// <summary>The inverse hyperbolic cosine.</summary>
        public Tensor arccosh() => acosh();

        /// <summary>In place: the inverse hyperbolic cosine.</summary>
        public Tensor arccosh_() => acosh_();

        /// <summary>The inverse sine.</summary>
        public Tensor arcsin() => asin();

        /// <summary>In place: the inverse sine.</summary>
        public Tensor arcsin_() => asin_();

        /// <summary>The inverse hyperbolic sine.</summary>
        public Tensor arcsinh() => asinh();

        /// <summary>In place: the inverse hyperbolic sine.</summary>
        public Tensor arcsinh_() => asinh_();

        /// <summary>The inverse tangent.</summary>
        public Tensor arctan() => atan();

        /// <summary>The inverse tangent.</summary>
        public Tensor arctan(Tensor other) => atan2(other);

        /// <summary>In place: the inverse tangent.</summary>
        public Tensor arctan_() => atan_();

        /// <summary>In place: the inverse tangent.</summary>
        public Tensor arctan_(Tensor other) => atan2_(other);

        /// <summary>The inverse hyperbolic tangent.</summary>
        public Tensor arctanh() => atanh();

        /// <summary>In place: the inverse hyperbolic tangent.</summary>
        public Tensor arctanh_() => atanh_();

        /// <summary>The inverse sine.</summary>
        public Tensor asin() => Op.Call(Ops.asin, this);

        /// <summary>In place: the inverse sine.</summary>
        public Tensor asin_() => InPlace(Ops.asin_, this);

        /// <summary>The inverse hyperbolic sine.</summary>
        public Tensor asinh() => Op.Call(Ops.asinh, this);

        /// <summary>In place: the inverse hyperbolic sine.</summary>
        public Tensor asinh_() => InPlace(Ops.asinh_, this);

        /// <summary>The inverse tangent.</summary>
        public Tensor atan() => Op.Call(Ops.atan, this);

        /// <summary>In place: the inverse tangent.</summary>
        public Tensor atan_() => InPlace(Ops.atan_, this);

        /// <summary>The inverse hyperbolic tangent.</summary>
        public Tensor atanh() => Op.Call(Ops.atanh, this);

        /// <summary>In place: the inverse hyperbolic tangent.</summary>
        public Tensor atanh_() => InPlace(Ops.atanh_, this);

        /// <summary>The least integer not below.</summary>
        public Tensor ceil() => Op.Call(Ops.ceil, this);

        /// <summary>In place: the least integer not below.</summary>
        public Tensor ceil_() => InPlace(Ops.ceil_, this);

        /// <summary>The cosine.</summary>
        public Tensor cos() => Op.Call(Ops.cos, this);

        /// <summary>In place: the cosine.</summary>
        public Tensor cos_() => InPlace(Ops.cos_, this);

        /// <summary>The hyperbolic cosine.</summary>
        public Tensor cosh() => Op.Call(Ops.cosh, this);

        /// <summary>In place: the hyperbolic cosine.</summary>
        public Tensor cosh_() => InPlace(Ops.cosh_, this);

        /// <summary>Degrees to radians.</summary>
        public Tensor deg2rad() => Op.Call(Ops.deg2rad, this);

        /// <summary>The logarithmic derivative of the gamma function.</summary>
        public Tensor digamma() => Op.Call(Ops.digamma, this);

        /// <summary>In place: the logarithmic derivative of the gamma function.</summary>
        public Tensor digamma_() => InPlace(Ops.digamma_, this);

        /// <summary>The error function.</summary>
        public Tensor erf() => Op.Call(Ops.erf, this);

        /// <summary>In place: the error function.</summary>
        public Tensor erf_() => InPlace(Ops.erf_, this);

        /// <summary>One minus the error function.</summary>
        public Tensor erfc() => Op.Call(Ops.erfc, this);

        /// <summary>In place: one minus the error function.</summary>
        public Tensor erfc_() => InPlace(Ops.erfc_, this);

        /// <summary>The inverse of the error function.</summary>
        public Tensor erfinv() => Op.Call(Ops.erfinv, this);

        /// <summary>In place: the inverse of the error function.</summary>
        public Tensor erfinv_() => InPlace(Ops.erfinv_, this);

        /// <summary>The exponential.</summary>
        public Tensor exp() => Op.Call(Ops.exp, this);

        /// <summary>In place: the exponential.</summary>
        public Tensor exp_() => InPlace(Ops.exp_, this);

        /// <summary>Two to that power.</summary>
        public Tensor exp2() => Op.Call(Ops.exp2, this);

        /// <summary>The exponential minus one.</summary>
        public Tensor expm1() => Op.Call(Ops.expm1, this);

        /// <summary>In place: the exponential minus one.</summary>
        public Tensor expm1_() => InPlace(Ops.expm1_, this);

        /// <summary>The greatest integer not above.</summary>
        public Tensor floor() => Op.Call(Ops.floor, this);

        /// <summary>In place: the greatest integer not above.</summary>
        public Tensor floor_() => InPlace(Ops.floor_, this);

        /// <summary>The part behind the point.</summary>
        public Tensor frac() => Op.Call(Ops.frac, this);

        /// <summary>In place: the part behind the point.</summary>
        public Tensor frac_() => InPlace(Ops.frac_, this);

        /// <summary>The logarithm of the gamma function's absolute value.</summary>
        public Tensor lgamma() => Op.Call(Ops.lgamma, this);

        /// <summary>In place: the logarithm of the gamma function's absolute value.</summary>
        public Tensor lgamma_() => InPlace(Ops.lgamma_, this);

        /// <summary>The natural logarithm.</summary>
        public Tensor log() => Op.Call(Ops.log, this);

        /// <summary>In place: the natural logarithm.</summary>
        public Tensor log_() => InPlace(Ops.log_, this);

        /// <summary>The logarithm to base ten.</summary>
        public Tensor log10() => Op.Call(Ops.log10, this);

        /// <summary>In place: the logarithm to base ten.</summary>
        public Tensor log10_() => InPlace(Ops.log10_, this);

        /// <summary>The logarithm of one plus.</summary>
        public Tensor log1p() => Op.Call(Ops.log1p, this);

        /// <summary>In place: the logarithm of one plus.</summary>
        public Tensor log1p_() => InPlace(Ops.log1p_, this);

        /// <summary>The logarithm to base two.</summary>
        public Tensor log2() => Op.Call(Ops.log2, this);

        /// <summary>In place: the logarithm to base two.</summary>
        public Tensor log2_() => InPlace(Ops.log2_, this);

        /// <summary>The inverse of the sigmoid, of values held within [eps, 1 - eps].</summary>
        public Tensor logit(double? eps = null) => Op.Call(Ops.logit, this, eps);

        /// <summary>The negative.</summary>
        public Tensor neg() => Op.Call(Ops.neg, this);

        /// <summary>In place: the negative.</summary>
        public Tensor neg_() => InPlace(Ops.neg_, this);

        /// <summary>The negative.</summary>
        public Tensor negative() => neg();

        /// <summary>The tensor itself.</summary>
        public Tensor positive() => Op.Call(Ops.positive, this);

        /// <summary>Radians to degrees.</summary>
        public Tensor rad2deg() => Op.Call(Ops.rad2deg, this);

        /// <summary>One divided by.</summary>
        public Tensor reciprocal() => Op.Call(Ops.reciprocal, this);

        /// <summary>In place: one divided by.</summary>
        public Tensor reciprocal_() => InPlace(Ops.reciprocal_, this);

        /// <summary>The nearest integer, halves to even, or that many decimals.</summary>
        public Tensor round(long decimals = 0) => decimals == 0 ? Op.Call(Ops.round, this) : Op.Call(Ops.round_decimals, this, decimals);

        /// <summary>In place: the nearest integer, halves to even, or that many decimals.</summary>
        public Tensor round_(long decimals = 0) => decimals == 0 ? InPlace(Ops.round_, this) : InPlace(Ops.round__decimals, this, decimals);

        /// <summary>One divided by the square root.</summary>
        public Tensor rsqrt() => Op.Call(Ops.rsqrt, this);

        /// <summary>In place: one divided by the square root.</summary>
        public Tensor rsqrt_() => InPlace(Ops.rsqrt_, this);

        /// <summary>The sign.</summary>
        public Tensor sgn() => Op.Call(Ops.sgn, this);

        /// <summary>In place: the sign.</summary>
        public Tensor sgn_() => InPlace(Ops.sgn_, this);

        /// <summary>The logistic function, 1 / (1 + exp(-x)).</summary>
        public Tensor sigmoid() => Op.Call(Ops.sigmoid, this);

        /// <summary>In place: the logistic function, 1 / (1 + exp(-x)).</summary>
        public Tensor sigmoid_() => InPlace(Ops.sigmoid_, this);

        /// <summary>The sign: -1, 0 or 1.</summary>
        public Tensor sign() => Op.Call(Ops.sign, this);

        /// <summary>In place: the sign: -1, 0 or 1.</summary>
        public Tensor sign_() => InPlace(Ops.sign_, this);

        /// <summary>Whether the sign bit is set.</summary>
        public Tensor signbit() => Op.Call(Ops.signbit, this);

        /// <summary>The sine.</summary>
        public Tensor sin() => Op.Call(Ops.sin, this);

        /// <summary>In place: the sine.</summary>
        public Tensor sin_() => InPlace(Ops.sin_, this);

        /// <summary>sin(πx) / (πx).</summary>
        public Tensor sinc() => Op.Call(Ops.sinc, this);

        /// <summary>In place: sin(πx) / (πx).</summary>
        public Tensor sinc_() => InPlace(Ops.sinc_, this);

        /// <summary>The hyperbolic sine.</summary>
        public Tensor sinh() => Op.Call(Ops.sinh, this);

        /// <summary>In place: the hyperbolic sine.</summary>
        public Tensor sinh_() => InPlace(Ops.sinh_, this);

        /// <summary>The square root.</summary>
        public Tensor sqrt() => Op.Call(Ops.sqrt, this);

        /// <summary>In place: the square root.</summary>
        public Tensor sqrt_() => InPlace(Ops.sqrt_, this);

        /// <summary>The square.</summary>
        public Tensor square() => Op.Call(Ops.square, this);

        /// <summary>The tangent.</summary>
        public Tensor tan() => Op.Call(Ops.tan, this);

        /// <summary>In place: the tangent.</summary>
        public Tensor tan_() => InPlace(Ops.tan_, this);

        /// <summary>The hyperbolic tangent.</summary>
        public Tensor tanh() => Op.Call(Ops.tanh, this);

        /// <summary>In place: the hyperbolic tangent.</summary>
        public Tensor tanh_() => InPlace(Ops.tanh_, this);

        /// <summary>The integer part.</summary>
        public Tensor trunc() => Op.Call(Ops.trunc, this);

        /// <summary>In place: the integer part.</summary>
        public Tensor trunc_() => InPlace(Ops.trunc_, this);

        /// <summary>The integer part.</summary>
        public Tensor fix() => trunc();

        /// <summary>In place: the integer part.</summary>
        public Tensor fix_() => trunc_();

        /// <summary>NaN and the infinities replaced by numbers.</summary>
        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null) =>
            Op.Call(Ops.nan_to_num, this, nan, posinf, neginf);

        /// <summary>Mantissa and exponent to base two.</summary>
        public (Tensor Mantissa, Tensor Exponent) frexp() => Op.Call2(Ops.frexp_Tensor, this);

        /// <summary>The angle in the complex plane: 0, or π for negative numbers.</summary>
        public Tensor angle() => Op.Call(Ops.angle, this);

        /// <summary>The multivariate logarithm of the gamma function.</summary>
        public Tensor mvlgamma(long p) => Op.Call(Ops.mvlgamma, this, p);

        /// <summary>In place: the multivariate logarithm of the gamma function.</summary>
        public Tensor mvlgamma_(long p) => InPlace(Ops.mvlgamma_, this, p);

        /// <summary>The p-th derivative of the digamma function.</summary>
        public Tensor polygamma(long p) => Op.Call(Ops.polygamma, p, this);

        /// <summary>In place: the p-th derivative of the digamma function.</summary>
        public Tensor polygamma_(long p) => InPlace(Ops.polygamma_, this, p);

        /// <summary>The modified Bessel function of order 0.</summary>
        public Tensor i0() => Op.Call(Ops.i0, this);
    }
}
