namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Something with momentum that a schedule may change.</summary>
        public interface IMomentum
        {
            /// <summary>The momentum.</summary>
            double Momentum { get; set; }
        }
    }
}
