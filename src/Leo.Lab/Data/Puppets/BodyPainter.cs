using System.Numerics;

namespace Leo.Lab.Data.Puppets;

/// <summary>Paints one person in any pose; keeps what does not change between frames.</summary>
internal sealed class BodyPainter(BodyIdentity who, int size, bool trackParts = false)
{
    private readonly Canvas _canvas = new(size, trackParts);
    private readonly float[] _background = who.Backdrop.Paint(size);

    /// <summary>Paints the pose; the canvas holds it until the next call.</summary>
    public Canvas Paint(BodyPose pose)
    {
        var body = BodySkeleton.Of(who, pose);
        var j = body.Joints;
        _canvas.Start(_background);
        PaintShadow(j);
        _canvas.Part = (int)BodyParts.Head;
        PaintBackHair(body);
        _canvas.Part = (int)BodyParts.Legs;
        // The lifted leg comes towards the viewer.
        float near = pose.Step < 0 ? -1 : 1;
        PaintLeg(j, -near);
        PaintLeg(j, near);
        _canvas.Part = (int)BodyParts.Trunk;
        PaintTrunk(body);
        _canvas.Part = (int)BodyParts.Head;
        PaintHead(body);
        PaintArm(j, !pose.RightArmNearer);
        PaintArm(j, pose.RightArmNearer);
        return _canvas;
    }

    private void PaintShadow(IReadOnlyList<Vector2> j)
    {
        var middle = (j[10] + j[12]) / 2;
        float half = (MathF.Abs(j[12].X - j[10].X) / 2) + 0.22f;
        var shade = new Paint(new Rgb(0.05f, 0.05f, 0.07f)) { Alpha = 0.32f, Round = 0 };
        _canvas.Ellipse(new Vector2(middle.X, BodySkeleton.GroundY + 0.09f), half, 0.07f, 0, shade, softness: 0.1f);
    }

    private void PaintBackHair(BodySkeleton body)
    {
        if (who.HairLength > 0)
        {
            Vector2 head = body.Joints[2], down = -BodySkeleton.Heading(body.HeadAngle * 0.5f);
            float width = who.Head * (0.95f + (0.25f * who.HairVolume));
            _canvas.Capsule(head, head + (down * who.Head * (0.6f + (1.5f * who.HairLength))), width, width * 0.85f, new Paint(who.Hair * 0.85f));
        }
    }

    private void PaintLeg(IReadOnlyList<Vector2> j, float side)
    {
        Vector2 start = BodySkeleton.HipSocket(who, j[0], side), knee = side < 0 ? j[9] : j[11], foot = side < 0 ? j[10] : j[12];
        float thick = who.Build;
        var shoe = new Paint(who.Shoes);
        _canvas.Capsule(foot + new Vector2(-side * 0.01f, 0.035f), foot + new Vector2(side * 0.075f, 0.05f), 0.075f, 0.064f, shoe);
        var shin = new Paint(who.Trousers * 0.95f) { Accent = who.Skin, BandFrom = who.TrouserLegs >= 2 ? 9 : who.TrouserLegs - 1 };
        _canvas.Capsule(knee, foot, 0.108f * thick, 0.082f * thick, shin);
        _canvas.Capsule(start, knee, 0.134f * thick, 0.11f * thick, new Paint(who.Trousers));
    }

    private void PaintTrunk(BodySkeleton body)
    {
        Vector2 up = BodySkeleton.Heading(body.TrunkAngle), hip = body.Joints[0], neck = body.Joints[1];
        Vector2 top = neck - (0.005f * up), bottom = hip - ((0.03f + who.Hem) * up);
        float chest = 0.24f, waist = who.Hips * 0.97f;
        var shirt = new Paint(who.Top)
        {
            Accent = who.Accent,
            BandFrom = who.Band > 0 ? chest : 9,
            BandTo = chest + who.Band,
            Stripes = who.Stripes,
            StripeCount = 3.5f,
        };
        float middle = ((who.Shoulders + 0.03f + waist) / 2) - 0.012f;
        _canvas.Trunk(top, bottom, who.Shoulders + 0.035f, middle, waist + (0.25f * who.Hem) + 0.02f, 0.07f, shirt);
        if (who.BeltWidth > 0)
        {
            var buckle = hip + (0.05f * up);
            float half = who.BeltWidth * 0.25f;
            _canvas.Trunk(buckle + (half * up), buckle - (half * up), waist + 0.012f, waist + 0.016f, waist + 0.012f, 0.01f, new Paint(who.Belt));
        }
    }

    private void PaintHead(BodySkeleton body)
    {
        Vector2 head = body.Joints[2], neck = body.Joints[1];
        float r = who.Head, angle = body.HeadAngle;
        Vector2 up = BodySkeleton.Heading(angle), right = new(-up.Y, up.X);
        Vector2 At(float u, float v) => head + (r * ((u * right) - (v * up)));
        _canvas.Capsule(neck + new Vector2(0, 0.03f), head, 0.07f * who.Build, 0.065f, new Paint(who.Skin * 0.82f));
        var hair = who.Skin.Mix(who.Hair, Math.Clamp(who.HairAmount * 1.3f, 0, 1));
        float volume = 1.02f + (0.2f * who.HairVolume * who.HairAmount);
        if (who.Bun > 0)
        {
            _canvas.Ellipse(At(0, -1.15f), r * 0.42f * who.Bun, r * 0.38f * who.Bun, angle, new Paint(hair));
        }

        _canvas.Ellipse(At(0, -0.08f), r * volume, r * volume * 1.1f, angle, new Paint(hair) { Round = 0.8f });
        if (who.HairLength > 0)
        {
            // Strands beside the face, in front of the shoulders.
            float fall = 0.25f + (0.75f * who.HairLength);
            var strand = new Paint(hair) { Round = 0.7f };
            _canvas.Capsule(At(-0.82f, 0.1f), At(-0.88f, fall), r * 0.3f, r * 0.22f, strand);
            _canvas.Capsule(At(0.82f, 0.1f), At(0.88f, fall), r * 0.3f, r * 0.22f, strand);
        }

        _canvas.Ellipse(At(0, 0.2f), r * 0.86f, r * 0.95f, angle, new Paint(who.Skin) { Round = 0.75f });
        var dark = new Paint(who.Skin.Luma() > 0.35f ? new Rgb(0.1f, 0.07f, 0.07f) : new Rgb(0.04f, 0.03f, 0.03f)) { Round = 0 };
        _canvas.Ellipse(At(-0.36f, 0.12f), r * 0.15f, r * 0.18f, angle, dark);
        _canvas.Ellipse(At(0.36f, 0.12f), r * 0.15f, r * 0.18f, angle, dark);
        var lips = new Paint(who.Skin.Mix(new Rgb(0.6f, 0.12f, 0.15f), 0.65f)) { Round = 0 };
        _canvas.Ellipse(At(0, 0.68f), r * 0.34f, r * 0.11f, angle, lips, bend: r * 0.08f);
    }

    private void PaintArm(IReadOnlyList<Vector2> j, bool right)
    {
        int first = right ? 6 : 3;
        _canvas.Part = (int)(right ? BodyParts.ArmRight : BodyParts.ArmLeft);
        float thick = who.Build;
        var sleeve = who.Top * 0.9f;
        Vector2 shoulder = j[first], elbow = j[first + 1], hand = j[first + 2];
        var lower = new Paint(sleeve) { Accent = who.Skin, BandFrom = who.Sleeves >= 1 ? who.Sleeves - 1 : -9 };
        var upper = new Paint(sleeve) { Accent = who.Skin, BandFrom = who.Sleeves < 1 ? who.Sleeves : 9 };
        _canvas.Ellipse(hand, 0.083f, 0.083f, 0, new Paint(who.Skin));
        _canvas.Capsule(elbow, hand, 0.088f * thick, 0.069f * thick, lower);
        _canvas.Capsule(shoulder, elbow, 0.097f * thick, 0.088f * thick, upper);
    }
}

/// <summary>The parts that a body is painted of; a pixel carries the bits of all that cover it, hidden ones too.</summary>
[Flags]
public enum BodyParts
{
    /// <summary>Background.</summary>
    None = 0,

    /// <summary>Both legs.</summary>
    Legs = 1,

    /// <summary>Trunk.</summary>
    Trunk = 2,

    /// <summary>Head, neck and hair.</summary>
    Head = 4,

    /// <summary>The arm on the image's left.</summary>
    ArmLeft = 8,

    /// <summary>The arm on the image's right.</summary>
    ArmRight = 16,
}
