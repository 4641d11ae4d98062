namespace TorchSharp;

public static partial class torch
{
    // + - * / %
    public partial class Tensor
    {
        /// <summary>Sum, element by element.</summary>
        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        /// <summary>Sum, element by element.</summary>
        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);

        /// <summary>Sum, element by element.</summary>
        public static Tensor operator +(Scalar left, Tensor right) => right.add(left);

        /// <summary>Sum, element by element.</summary>
        public static Tensor operator +(Tensor left, int right) => left.add((Scalar)right);

        /// <summary>Sum, element by element.</summary>
        public static Tensor operator +(int left, Tensor right) => right.add((Scalar)left);

        /// <summary>Sum, element by element.</summary>
        public static Tensor operator +(Tensor left, long right) => left.add((Scalar)right);

        /// <summary>Sum, element by element.</summary>
        public static Tensor operator +(long left, Tensor right) => right.add((Scalar)left);

        /// <summary>Sum, element by element.</summary>
        public static Tensor operator +(Tensor left, float right) => left.add((Scalar)right);

        /// <summary>Sum, element by element.</summary>
        public static Tensor operator +(float left, Tensor right) => right.add((Scalar)left);

        /// <summary>Sum, element by element.</summary>
        public static Tensor operator +(Tensor left, double right) => left.add((Scalar)right);

        /// <summary>Sum, element by element.</summary>
        public static Tensor operator +(double left, Tensor right) => right.add((Scalar)left);

        /// <summary>Difference, element by element.</summary>
        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        /// <summary>Difference, element by element.</summary>
        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);

        /// <summary>Difference, element by element.</summary>
        public static Tensor operator -(Scalar left, Tensor right) => Op.Call(Ops.rsub_Scalar, right, left);

        /// <summary>Difference, element by element.</summary>
        public static Tensor operator -(Tensor left, int right) => left.sub((Scalar)right);

        /// <summary>Difference, element by element.</summary>
        public static Tensor operator -(int left, Tensor right) => Op.Call(Ops.rsub_Scalar, right, (Scalar)left);

        /// <summary>Difference, element by element.</summary>
        public static Tensor operator -(Tensor left, long right) => left.sub((Scalar)right);

        /// <summary>Difference, element by element.</summary>
        public static Tensor operator -(long left, Tensor right) => Op.Call(Ops.rsub_Scalar, right, (Scalar)left);

        /// <summary>Difference, element by element.</summary>
        public static Tensor operator -(Tensor left, float right) => left.sub((Scalar)right);

        /// <summary>Difference, element by element.</summary>
        public static Tensor operator -(float left, Tensor right) => Op.Call(Ops.rsub_Scalar, right, (Scalar)left);

        /// <summary>Difference, element by element.</summary>
        public static Tensor operator -(Tensor left, double right) => left.sub((Scalar)right);

        /// <summary>Difference, element by element.</summary>
        public static Tensor operator -(double left, Tensor right) => Op.Call(Ops.rsub_Scalar, right, (Scalar)left);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(Scalar left, Tensor right) => right.mul(left);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(Tensor left, int right) => left.mul((Scalar)right);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(int left, Tensor right) => right.mul((Scalar)left);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(Tensor left, long right) => left.mul((Scalar)right);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(long left, Tensor right) => right.mul((Scalar)left);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(Tensor left, float right) => left.mul((Scalar)right);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(float left, Tensor right) => right.mul((Scalar)left);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(Tensor left, double right) => left.mul((Scalar)right);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(double left, Tensor right) => right.mul((Scalar)left);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(Scalar left, Tensor right) => right.reciprocal().Times(left);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(Tensor left, int right) => left.div((Scalar)right);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(int left, Tensor right) => right.reciprocal().Times((Scalar)left);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(Tensor left, long right) => left.div((Scalar)right);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(long left, Tensor right) => right.reciprocal().Times((Scalar)left);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(Tensor left, float right) => left.div((Scalar)right);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(float left, Tensor right) => right.reciprocal().Times((Scalar)left);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(Tensor left, double right) => left.div((Scalar)right);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(double left, Tensor right) => right.reciprocal().Times((Scalar)left);

        /// <summary>Remainder, element by element.</summary>
        public static Tensor operator %(Tensor left, Tensor right) => left.remainder(right);

        /// <summary>Remainder, element by element.</summary>
        public static Tensor operator %(Tensor left, Scalar right) => left.remainder(right);

        /// <summary>Remainder, element by element.</summary>
        public static Tensor operator %(Tensor left, int right) => left.remainder((Scalar)right);

        /// <summary>Remainder, element by element.</summary>
        public static Tensor operator %(Tensor left, long right) => left.remainder((Scalar)right);

        /// <summary>Remainder, element by element.</summary>
        public static Tensor operator %(Tensor left, float right) => left.remainder((Scalar)right);

        /// <summary>Remainder, element by element.</summary>
        public static Tensor operator %(Tensor left, double right) => left.remainder((Scalar)right);

        /// <summary>The negative.</summary>
        public static Tensor operator -(Tensor tensor) => tensor.neg();

        private Tensor Times(Scalar factor)
        {
            using (this) return mul(factor);
        }
    }
}
