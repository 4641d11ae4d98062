namespace TorchSharp;

public static partial class torch
{
    // Arithmetic of two tensors or a tensor and a number, with broadcasting.
    public partial class Tensor
    {
        /// <summary>The sum; the other may be scaled by alpha.</summary>
        public Tensor add(Scalar scalar) => Op.Call(Ops.add_Scalar, this, scalar);

        /// <summary>The sum; the other may be scaled by alpha.</summary>
        public Tensor add(Tensor target) => Op.Call(Ops.add_Tensor, this, target);

        /// <summary>The sum; the other may be scaled by alpha.</summary>
        public Tensor add(Scalar scalar, Scalar alpha) => Op.Call(Ops.add_Scalar, this, scalar, alpha);

        /// <summary>The sum; the other may be scaled by alpha.</summary>
        public Tensor add(Tensor target, Scalar alpha) => Op.Call(Ops.add_Tensor, this, target, alpha);

        /// <summary>In place: the sum; the other may be scaled by alpha.</summary>
        public Tensor add_(Scalar scalar) => InPlace(Ops.add__Scalar, this, scalar);

        /// <summary>In place: the sum; the other may be scaled by alpha.</summary>
        public Tensor add_(Tensor target) => InPlace(Ops.add__Tensor, this, target);

        /// <summary>In place: the sum; the other may be scaled by alpha.</summary>
        public Tensor add_(Scalar scalar, Scalar alpha) => InPlace(Ops.add__Scalar, this, scalar, alpha);

        /// <summary>In place: the sum; the other may be scaled by alpha.</summary>
        public Tensor add_(Tensor target, Scalar alpha) => InPlace(Ops.add__Tensor, this, target, alpha);

        /// <summary>The difference.</summary>
        public Tensor sub(Scalar target) => Op.Call(Ops.sub_Scalar, this, target);

        /// <summary>The difference.</summary>
        public Tensor sub(Tensor target) => Op.Call(Ops.sub_Tensor, this, target);

        /// <summary>In place: the difference.</summary>
        public Tensor sub_(Scalar target) => InPlace(Ops.sub__Scalar, this, target);

        /// <summary>In place: the difference.</summary>
        public Tensor sub_(Tensor target) => InPlace(Ops.sub__Tensor, this, target);

        /// <summary>The difference.</summary>
        public Tensor subtract(Scalar target) => sub(target);

        /// <summary>The difference.</summary>
        public Tensor subtract(Tensor target) => sub(target);

        /// <summary>In place: the difference.</summary>
        public Tensor subtract_(Scalar target) => sub_(target);

        /// <summary>In place: the difference.</summary>
        public Tensor subtract_(Tensor target) => sub_(target);

        /// <summary>The product, element by element.</summary>
        public Tensor mul(Scalar target) => Op.Call(Ops.mul_Scalar, this, target);

        /// <summary>The product, element by element.</summary>
        public Tensor mul(Tensor target) => Op.Call(Ops.mul_Tensor, this, target);

        /// <summary>In place: the product, element by element.</summary>
        public Tensor mul_(Scalar target) => InPlace(Ops.mul__Scalar, this, target);

        /// <summary>In place: the product, element by element.</summary>
        public Tensor mul_(Tensor target) => InPlace(Ops.mul__Tensor, this, target);

        /// <summary>The product, element by element.</summary>
        public Tensor multiply(Scalar target) => mul(target);

        /// <summary>The product, element by element.</summary>
        public Tensor multiply(Tensor target) => mul(target);

        /// <summary>The quotient, rounded if asked.</summary>
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None
                ? Op.Call(Ops.div_Scalar, this, target)
                : Op.Call(Ops.div_Scalar_mode, this, target, ("rounding_mode", rounding_mode.ToString()));

        /// <summary>The quotient, rounded if asked.</summary>
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None
                ? Op.Call(Ops.div_Tensor, this, target)
                : Op.Call(Ops.div_Tensor_mode, this, target, ("rounding_mode", rounding_mode.ToString()));

        /// <summary>In place: the quotient, rounded if asked.</summary>
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None
                ? InPlace(Ops.div__Scalar, this, target)
                : InPlace(Ops.div__Scalar_mode, this, target, ("rounding_mode", rounding_mode.ToString()));

        /// <summary>In place: the quotient, rounded if asked.</summary>
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None
                ? InPlace(Ops.div__Tensor, this, target)
                : InPlace(Ops.div__Tensor_mode, this, target, ("rounding_mode", rounding_mode.ToString()));

        /// <summary>The quotient, rounded if asked.</summary>
        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        /// <summary>The quotient, rounded if asked.</summary>
        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        /// <summary>In place: the quotient, rounded if asked.</summary>
        public Tensor divide_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);

        /// <summary>In place: the quotient, rounded if asked.</summary>
        public Tensor divide_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);

        /// <summary>The quotient.</summary>
        public Tensor true_divide(Scalar other) => div(other);

        /// <summary>The quotient.</summary>
        public Tensor true_divide(Tensor other) => div(other);

        /// <summary>In place: the quotient.</summary>
        public Tensor true_divide_(Scalar other) => div_(other);

        /// <summary>In place: the quotient.</summary>
        public Tensor true_divide_(Tensor other) => div_(other);

        /// <summary>The quotient rounded down.</summary>
        public Tensor floor_divide(Scalar other) => div(other, RoundingMode.floor);

        /// <summary>The quotient rounded down.</summary>
        public Tensor floor_divide(Tensor other) => Op.Call(Ops.floor_divide, this, other);

        /// <summary>In place: the quotient rounded down.</summary>
        public Tensor floor_divide_(Scalar other) => div_(other, RoundingMode.floor);

        /// <summary>In place: the quotient rounded down.</summary>
        public Tensor floor_divide_(Tensor other) => InPlace(Ops.floor_divide__Tensor, this, other);

        /// <summary>The remainder with the dividend's sign.</summary>
        public Tensor fmod(Scalar scalar) => Op.Call(Ops.fmod_Scalar, this, scalar);

        /// <summary>The remainder with the dividend's sign.</summary>
        public Tensor fmod(Tensor target) => Op.Call(Ops.fmod_Tensor, this, target);

        /// <summary>In place: the remainder with the dividend's sign.</summary>
        public Tensor fmod_(Scalar scalar) => InPlace(Ops.fmod__Scalar, this, scalar);

        /// <summary>In place: the remainder with the dividend's sign.</summary>
        public Tensor fmod_(Tensor target) => InPlace(Ops.fmod__Tensor, this, target);

        /// <summary>The remainder with the divisor's sign.</summary>
        public Tensor remainder(Scalar scalar) => Op.Call(Ops.remainder_Scalar, this, scalar);

        /// <summary>The remainder with the divisor's sign.</summary>
        public Tensor remainder(Tensor target) => Op.Call(Ops.remainder_Tensor, this, target);

        /// <summary>In place: the remainder with the divisor's sign.</summary>
        public Tensor remainder_(Scalar scalar) => InPlace(Ops.remainder__Scalar, this, scalar);

        /// <summary>In place: the remainder with the divisor's sign.</summary>
        public Tensor remainder_(Tensor target) => InPlace(Ops.remainder__Tensor, this, target);

        /// <summary>The power.</summary>
        public Tensor pow(Scalar exponent) => Op.Call(Ops.pow_Tensor_Scalar, this, exponent);

        /// <summary>The power.</summary>
        public Tensor pow(Tensor exponent) => Op.Call(Ops.pow_Tensor_Tensor, this, exponent);

        /// <summary>In place: the power.</summary>
        public Tensor pow_(Scalar exponent) => InPlace(Ops.pow__Scalar, this, exponent);

        /// <summary>In place: the power.</summary>
        public Tensor pow_(Tensor exponent) => InPlace(Ops.pow__Tensor, this, exponent);

        /// <summary>The power in double precision.</summary>
        public Tensor float_power(Tensor target) => Op.Call(Ops.float_power_Tensor_Tensor, this, target);

        /// <summary>The angle of the point (other, this).</summary>
        public Tensor atan2(Tensor other) => Op.Call(Ops.atan2, this, other);

        /// <summary>In place: the angle of the point (other, this).</summary>
        public Tensor atan2_(Tensor other) => InPlace(Ops.atan2_, this, other);

        /// <summary>The angle of the point (other, this).</summary>
        public Tensor arctan2(Tensor other) => atan2(other);

        /// <summary>In place: the angle of the point (other, this).</summary>
        public Tensor arctan2_(Tensor other) => atan2_(other);

        /// <summary>The hypotenuse, √(a² + b²).</summary>
        public Tensor hypot(Tensor other) => Op.Call(Ops.hypot, this, other);

        /// <summary>This magnitude with the other's sign.</summary>
        public Tensor copysign(Tensor other) => Op.Call(Ops.copysign_Tensor, this, other);

        /// <summary>This times the other's logarithm, 0 where this is 0.</summary>
        public Tensor xlogy(Scalar y) => Op.Call(Ops.xlogy_Scalar_Other, this, y);

        /// <summary>This times the other's logarithm, 0 where this is 0.</summary>
        public Tensor xlogy(Tensor y) => Op.Call(Ops.xlogy_Tensor, this, y);

        /// <summary>In place: this times the other's logarithm, 0 where this is 0.</summary>
        public Tensor xlogy_(Scalar y) => InPlace(Ops.xlogy__Scalar_Other, this, y);

        /// <summary>In place: this times the other's logarithm, 0 where this is 0.</summary>
        public Tensor xlogy_(Tensor y) => InPlace(Ops.xlogy__Tensor, this, y);

        /// <summary>log(exp(a) + exp(b)).</summary>
        public Tensor logaddexp(Tensor other) => Op.Call(Ops.logaddexp, this, other);

        /// <summary>log2(2^a + 2^b).</summary>
        public Tensor logaddexp2(Tensor other) => Op.Call(Ops.logaddexp2, this, other);

        /// <summary>The larger, element by element.</summary>
        public Tensor maximum(Tensor other) => Op.Call(Ops.maximum, this, other);

        /// <summary>The smaller, element by element.</summary>
        public Tensor minimum(Tensor other) => Op.Call(Ops.minimum, this, other);

        /// <summary>The larger, element by element, NaN ignored.</summary>
        public Tensor fmax(Tensor other) => Op.Call(Ops.fmax, this, other);

        /// <summary>The smaller, element by element, NaN ignored.</summary>
        public Tensor fmin(Tensor other) => Op.Call(Ops.fmin, this, other);

        /// <summary>The step function, with the other's value at 0.</summary>
        public Tensor heaviside(Tensor other) => Op.Call(Ops.heaviside, this, other);

        /// <summary>The next floating-point number towards the other.</summary>
        public Tensor nextafter(Tensor other) => Op.Call(Ops.nextafter, this, other);

        /// <summary>This times two to the other.</summary>
        public Tensor ldexp(Tensor other) => Op.Call(Ops.ldexp_Tensor, this, other);

        /// <summary>In place: this times two to the other.</summary>
        public Tensor ldexp_(Tensor other) => InPlace(Ops.ldexp_, this, other);

        /// <summary>The line from this to <paramref name="end"/> at <paramref name="weight"/>.</summary>
        public Tensor lerp(Tensor end, Tensor weight) => Op.Call(Ops.lerp_Tensor, this, end, weight);

        /// <summary>In place: the line from this to <paramref name="end"/> at <paramref name="weight"/>.</summary>
        public Tensor lerp_(Tensor end, Tensor weight) => InPlace(Ops.lerp__Tensor, this, end, weight);

        /// <summary>Held between <paramref name="min"/> and <paramref name="max"/>.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Op.Call(Ops.clamp, this, min, max);

        /// <summary>Held between <paramref name="min"/> and <paramref name="max"/>.</summary>
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Op.Call(Ops.clamp_Tensor, this, min, max);

        /// <summary>In place: held between <paramref name="min"/> and <paramref name="max"/>.</summary>
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => InPlace(Ops.clamp_, this, min, max);

        /// <summary>In place: held between <paramref name="min"/> and <paramref name="max"/>.</summary>
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => InPlace(Ops.clamp__Tensor, this, min, max);

        /// <summary>Held between <paramref name="min"/> and <paramref name="max"/>.</summary>
        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);

        /// <summary>Held at or below.</summary>
        public Tensor clamp_max(Scalar max) => Op.Call(Ops.clamp_max, this, max);

        /// <summary>In place: held at or below.</summary>
        public Tensor clamp_max_(Scalar max) => InPlace(Ops.clamp_max_, this, max);

        /// <summary>Held at or above.</summary>
        public Tensor clamp_min(Scalar min) => Op.Call(Ops.clamp_min, this, min);

        /// <summary>In place: held at or above.</summary>
        public Tensor clamp_min_(Scalar min) => InPlace(Ops.clamp_min_, this, min);

        /// <summary>This plus <paramref name="value"/> times the quotient of two.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Op.Call(Ops.addcdiv, this, tensor1, tensor2);

        /// <summary>This plus <paramref name="value"/> times the quotient of two.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Op.Call(Ops.addcdiv, this, tensor1, tensor2, value);

        /// <summary>In place: this plus <paramref name="value"/> times the quotient of two.</summary>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => InPlace(Ops.addcdiv_, this, tensor1, tensor2);

        /// <summary>In place: this plus <paramref name="value"/> times the quotient of two.</summary>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => InPlace(Ops.addcdiv_, this, tensor1, tensor2, value);

        /// <summary>This plus <paramref name="value"/> times the product of two.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Op.Call(Ops.addcmul, this, tensor1, tensor2, value);

        /// <summary>In place: this plus <paramref name="value"/> times the product of two.</summary>
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => InPlace(Ops.addcmul_, this, tensor1, tensor2, value);

        /// <summary>The greatest common divisor.</summary>
        public Tensor gcd(Tensor other) => Op.Call(Ops.gcd, this, other);

        /// <summary>In place: the greatest common divisor.</summary>
        public Tensor gcd_(Tensor other) => InPlace(Ops.gcd_, this, other);

        /// <summary>The least common multiple.</summary>
        public Tensor lcm(Tensor other) => Op.Call(Ops.lcm, this, other);

        /// <summary>In place: the least common multiple.</summary>
        public Tensor lcm_(Tensor other) => InPlace(Ops.lcm_, this, other);

        /// <summary>Bitwise and.</summary>
        public Tensor bitwise_and(Tensor other) => Op.Call(Ops.bitwise_and_Tensor, this, other);

        /// <summary>In place: bitwise and.</summary>
        public Tensor bitwise_and_(Tensor other) => InPlace(Ops.bitwise_and__Tensor, this, other);

        /// <summary>Bitwise or.</summary>
        public Tensor bitwise_or(Tensor other) => Op.Call(Ops.bitwise_or_Tensor, this, other);

        /// <summary>In place: bitwise or.</summary>
        public Tensor bitwise_or_(Tensor other) => InPlace(Ops.bitwise_or__Tensor, this, other);

        /// <summary>Bitwise exclusive or.</summary>
        public Tensor bitwise_xor(Tensor other) => Op.Call(Ops.bitwise_xor_Tensor, this, other);

        /// <summary>In place: bitwise exclusive or.</summary>
        public Tensor bitwise_xor_(Tensor other) => InPlace(Ops.bitwise_xor__Tensor, this, other);

        /// <summary>Bitwise not.</summary>
        public Tensor bitwise_not() => Op.Call(Ops.bitwise_not, this);

        /// <summary>In place: bitwise not.</summary>
        public Tensor bitwise_not_() => InPlace(Ops.bitwise_not_, this);

        /// <summary>Bits moved left.</summary>
        public Tensor bitwise_left_shift(Tensor other) => Op.Call(Ops.bitwise_left_shift_Tensor, this, other);

        /// <summary>In place: bits moved left.</summary>
        public Tensor bitwise_left_shift_(Tensor other) => InPlace(Ops.bitwise_left_shift__Tensor, this, other);

        /// <summary>Bits moved right.</summary>
        public Tensor bitwise_right_shift(Tensor other) => Op.Call(Ops.bitwise_right_shift_Tensor, this, other);

        /// <summary>In place: bits moved right.</summary>
        public Tensor bitwise_right_shift_(Tensor other) => InPlace(Ops.bitwise_right_shift__Tensor, this, other);
    }
}
