namespace TorchSharp;

public static partial class torch
{
    // Comparisons and truths, element by element.
    public partial class Tensor
    {
        /// <summary>Whether equal.</summary>
        public Tensor eq(Scalar target) => Op.Call(Ops.eq_Scalar, this, target);

        /// <summary>Whether equal.</summary>
        public Tensor eq(Tensor target) => Op.Call(Ops.eq_Tensor, this, target);

        /// <summary>In place: whether equal.</summary>
        public Tensor eq_(Scalar target) => InPlace(Ops.eq__Scalar, this, target);

        /// <summary>In place: whether equal.</summary>
        public Tensor eq_(Tensor target) => InPlace(Ops.eq__Tensor, this, target);

        /// <summary>Whether equal, element by element.</summary>
        public Tensor equal(Tensor target) => eq(target);

        /// <summary>Whether not equal.</summary>
        public Tensor ne(Scalar target) => Op.Call(Ops.ne_Scalar, this, target);

        /// <summary>Whether not equal.</summary>
        public Tensor ne(Tensor target) => Op.Call(Ops.ne_Tensor, this, target);

        /// <summary>In place: whether not equal.</summary>
        public Tensor ne_(Scalar target) => InPlace(Ops.ne__Scalar, this, target);

        /// <summary>In place: whether not equal.</summary>
        public Tensor ne_(Tensor target) => InPlace(Ops.ne__Tensor, this, target);

        /// <summary>Whether not equal.</summary>
        public Tensor not_equal(Tensor target) => ne(target);

        /// <summary>In place: whether not equal.</summary>
        public Tensor not_equal_(Tensor target) => ne_(target);

        /// <summary>Whether greater or equal.</summary>
        public Tensor ge(Scalar target) => Op.Call(Ops.ge_Scalar, this, target);

        /// <summary>Whether greater or equal.</summary>
        public Tensor ge(Tensor target) => Op.Call(Ops.ge_Tensor, this, target);

        /// <summary>In place: whether greater or equal.</summary>
        public Tensor ge_(Scalar target) => InPlace(Ops.ge__Scalar, this, target);

        /// <summary>In place: whether greater or equal.</summary>
        public Tensor ge_(Tensor target) => InPlace(Ops.ge__Tensor, this, target);

        /// <summary>Whether greater or equal.</summary>
        public Tensor greater_equal(Tensor target) => ge(target);

        /// <summary>Whether greater.</summary>
        public Tensor gt(Scalar target) => Op.Call(Ops.gt_Scalar, this, target);

        /// <summary>Whether greater.</summary>
        public Tensor gt(Tensor target) => Op.Call(Ops.gt_Tensor, this, target);

        /// <summary>In place: whether greater.</summary>
        public Tensor gt_(Scalar target) => InPlace(Ops.gt__Scalar, this, target);

        /// <summary>In place: whether greater.</summary>
        public Tensor gt_(Tensor target) => InPlace(Ops.gt__Tensor, this, target);

        /// <summary>Whether greater.</summary>
        public Tensor greater(Tensor target) => gt(target);

        /// <summary>Whether less or equal.</summary>
        public Tensor le(Scalar target) => Op.Call(Ops.le_Scalar, this, target);

        /// <summary>Whether less or equal.</summary>
        public Tensor le(Tensor target) => Op.Call(Ops.le_Tensor, this, target);

        /// <summary>In place: whether less or equal.</summary>
        public Tensor le_(Scalar target) => InPlace(Ops.le__Scalar, this, target);

        /// <summary>In place: whether less or equal.</summary>
        public Tensor le_(Tensor target) => InPlace(Ops.le__Tensor, this, target);

        /// <summary>Whether less or equal.</summary>
        public Tensor less_equal(Tensor target) => le(target);

        /// <summary>In place: whether less or equal.</summary>
        public Tensor less_equal_(Tensor target) => le_(target);

        /// <summary>Whether less.</summary>
        public Tensor lt(Scalar target) => Op.Call(Ops.lt_Scalar, this, target);

        /// <summary>Whether less.</summary>
        public Tensor lt(Tensor target) => Op.Call(Ops.lt_Tensor, this, target);

        /// <summary>In place: whether less.</summary>
        public Tensor lt_(Scalar target) => InPlace(Ops.lt__Scalar, this, target);

        /// <summary>In place: whether less.</summary>
        public Tensor lt_(Tensor target) => InPlace(Ops.lt__Tensor, this, target);

        /// <summary>Whether less.</summary>
        public Tensor less(Tensor target) => lt(target);

        /// <summary>Whether both are not zero.</summary>
        public Tensor logical_and(Tensor other) => Op.Call(Ops.logical_and, this, other);

        /// <summary>In place: whether both are not zero.</summary>
        public Tensor logical_and_(Tensor other) => InPlace(Ops.logical_and_, this, other);

        /// <summary>Whether one is not zero.</summary>
        public Tensor logical_or(Tensor other) => Op.Call(Ops.logical_or, this, other);

        /// <summary>In place: whether one is not zero.</summary>
        public Tensor logical_or_(Tensor other) => InPlace(Ops.logical_or_, this, other);

        /// <summary>Whether just one is not zero.</summary>
        public Tensor logical_xor(Tensor other) => Op.Call(Ops.logical_xor, this, other);

        /// <summary>In place: whether just one is not zero.</summary>
        public Tensor logical_xor_(Tensor other) => InPlace(Ops.logical_xor_, this, other);

        /// <summary>Whether zero.</summary>
        public Tensor logical_not() => Op.Call(Ops.logical_not, this);

        /// <summary>In place: whether zero.</summary>
        public Tensor logical_not_() => InPlace(Ops.logical_not_, this);

        /// <summary>Whether neither infinite nor NaN.</summary>
        public Tensor isfinite() => Op.Call(Ops.isfinite, this);

        /// <summary>Whether infinite.</summary>
        public Tensor isinf() => Op.Call(Ops.isinf, this);

        /// <summary>Whether not a number.</summary>
        public Tensor isnan() => Op.Call(Ops.isnan, this);

        /// <summary>Whether negative infinity.</summary>
        public Tensor isneginf() => Op.Call(Ops.isneginf, this);

        /// <summary>Whether positive infinity.</summary>
        public Tensor isposinf() => Op.Call(Ops.isposinf, this);

        /// <summary>Whether real.</summary>
        public Tensor isreal() => Op.Call(Ops.isreal, this);

        /// <summary>Whether within <paramref name="atol"/> + <paramref name="rtol"/> |other|.</summary>
        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            Op.Call(Ops.isclose, this, other, rtol, atol, nanEqual);

        /// <summary>Whether among <paramref name="test_elements"/>.</summary>
        public Tensor isin(Tensor test_elements, bool assumeUnique = false, bool invert = false) =>
            Op.Call(Ops.isin_Tensor_Tensor, this, test_elements, ("assume_unique", assumeUnique), ("invert", invert));

        /// <summary>Whether all are within <paramref name="atol"/> + <paramref name="rtol"/> |target|.</summary>
        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Op.CallBool(Ops.allclose, this, target, rtol, atol, equal_nan);

        /// <summary>The indices of what is not zero. [n, dims]</summary>
        public Tensor nonzero() => Op.Call(Ops.nonzero, this);

        /// <summary>The indices of what is not zero. [n, dims]</summary>
        public Tensor argwhere() => Op.Call(Ops.argwhere, this);
    }
}
