namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Something with Adam's decay rates, which a schedule may change.</summary>
        public interface IBetas
        {
            /// <summary>β₁ and β₂.</summary>
            (double, double) Betas { get; set; }
        }
    }
}
