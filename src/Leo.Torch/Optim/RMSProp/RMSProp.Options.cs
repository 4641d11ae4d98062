namespace TorchSharp.Modules;

public partial class RMSProp
{
    /// <summary>Options of one group; null means the optimiser's.</summary>
    public class Options : OptimizerOptions
    {
        /// <summary>Go up instead of down?</summary>
        public bool? maximize;
        /// <summary>Share of the last step that is kept.</summary>
        public double? momentum;
        /// <summary>Decay rate of the mean squared gradient.</summary>
        public double? alpha;
        /// <summary>Added to the denominator.</summary>
        public double? eps;
        /// <summary>How strongly parameters are pulled to zero.</summary>
        public double? weight_decay;
        /// <summary>Divide by the deviation instead of the root mean square?</summary>
        public bool? centered;

        /// <inheritdoc/>
        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var o = (Options)source;
            (maximize, momentum, alpha, eps, weight_decay, centered) = (o.maximize, o.momentum, o.alpha, o.eps, o.weight_decay, o.centered);
        }

        /// <inheritdoc/>
        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            maximize = reader.ReadBoolean();
            momentum = reader.ReadDouble();
            alpha = reader.ReadDouble();
            eps = reader.ReadDouble();
            weight_decay = reader.ReadDouble();
            centered = reader.ReadBoolean();
        }

        /// <inheritdoc/>
        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            writer.Write(maximize!.Value);
            writer.Write(momentum!.Value);
            writer.Write(alpha!.Value);
            writer.Write(eps!.Value);
            writer.Write(weight_decay!.Value);
            writer.Write(centered!.Value);
        }
    }
}
