using System.Numerics;

namespace Leo.Lab.Data.Puppets;

/// <summary>Paints one face in any pose; keeps what does not change between frames.</summary>
internal sealed class FacePainter(FaceIdentity who, int size)
{
    private readonly Canvas _canvas = new(size);
    private readonly float[] _background = who.Backdrop.Paint(size);
    private readonly Rgb _hair = who.Skin.Mix(who.Hair, Math.Clamp(who.HairAmount * 1.3f, 0, 1));

    /// <summary>Paints the pose; the canvas holds it until the next call.</summary>
    public Canvas Paint(FacePose pose)
    {
        var face = FaceLayout.Of(who, pose);
        var turned = new Frame(face.Features[0], pose.Roll);
        _canvas.Start(_background);
        PaintBackHair(turned, pose);
        PaintShoulders(face, turned);
        PaintHead(face, turned, pose);
        PaintFeatures(face, turned, pose);
        return _canvas;
    }

    private void PaintBackHair(Frame at, FacePose pose)
    {
        if (who.HairLength <= 0)
        {
            return;
        }

        float width = who.Width * (0.98f + (0.16f * who.HairVolume));
        var paint = new Paint(_hair * 0.78f) { Round = 0.6f };
        Vector2 top = at.Point(-0.03f * pose.Yaw, -0.05f), end = top + new Vector2(-0.25f * pose.X, 0.25f + (0.65f * who.HairLength));
        _canvas.Capsule(top, end, width, width * 0.92f, paint);
    }

    private void PaintShoulders(FaceLayout face, Frame at)
    {
        var collar = face.Collar;
        var cloth = new Paint(who.Clothes) { Accent = who.Accent, Stripes = who.Stripes, StripeCount = 5, Round = 0.8f };
        _canvas.Ellipse(collar + new Vector2(0, 0.44f), who.Shoulders, 0.5f, 0, cloth);
        var shade = new Paint(who.Skin * 0.78f) { Round = 0.7f };
        _canvas.Ellipse(collar + new Vector2(0, -0.06f), 0.24f, 0.12f + (0.12f * who.Neckline), 0, shade);
        _canvas.Capsule(collar, at.Point(0, 0.2f), 0.21f, 0.21f, shade);
    }

    private void PaintHead(FaceLayout face, Frame at, FacePose pose)
    {
        float w = who.Width, h = who.Height, yaw = 0.13f * pose.Yaw, pitch = 0.09f * pose.Pitch, drop = 0.4f * face.Opening;
        var skin = new Paint(who.Skin) { Round = 0.85f };
        var ear = new Paint(who.Skin * 0.88f);
        foreach (float side in (ReadOnlySpan<float>)[-1, 1])
        {
            _canvas.Ellipse(at.Point((side * w * 0.97f) - (0.3f * yaw), 0.02f - (0.4f * pitch)), 0.07f, 0.12f, pose.Roll, ear);
        }

        float volume = 1.02f + (0.13f * who.HairVolume * who.HairAmount);
        var hair = new Paint(_hair) { Round = 0.7f };
        _canvas.Ellipse(at.Point(-0.15f * yaw, -0.12f), w * volume, h * volume * 0.9f, pose.Roll, hair);

        // The face itself: a skull and a narrower jaw that drops with the mouth.
        float brow = -0.07f + (0.13f * who.Fringe) + (0.3f * pitch);
        var skull = at.Point((0.35f * yaw) + (0.05f * who.Parting * (1 - who.Fringe)), brow);
        _canvas.Ellipse(skull, w * 0.9f, h * 0.75f, pose.Roll, skin);
        var jaw = at.Point(0.55f * yaw, 0.2f + (0.5f * pitch) + (0.5f * drop));
        _canvas.Ellipse(jaw, w * (0.62f + (0.32f * who.Jaw)), (h * 0.64f) + (0.5f * drop), pose.Roll, skin);
        if (who.Beard > 0)
        {
            var beard = new Paint(who.Hair) { Alpha = who.Beard, Round = 0.6f };
            var chin = at.Point(0.75f * yaw, 0.4f + (0.75f * pitch) + drop);
            _canvas.Ellipse(chin, w * 0.66f, 0.19f, pose.Roll, beard, bend: 0.1f);
        }

        if (who.HairLength > 0)
        {
            // Locks in front of the cheeks.
            foreach (float side in (ReadOnlySpan<float>)[-1, 1])
            {
                var root = at.Point((side * w * 0.9f) - (0.1f * yaw), -0.22f);
                var tip = at.Point((side * w * 1.02f) - (0.1f * yaw), 0.05f + (0.4f * who.HairLength));
                _canvas.Capsule(root, tip, 0.1f, 0.075f, hair);
            }
        }
    }

    private void PaintFeatures(FaceLayout face, Frame at, FacePose pose)
    {
        var f = face.Features;
        var flat = new Paint(default) { Round = 0 };
        PaintEye(f[1], -1, pose);
        PaintEye(f[2], 1, pose);
        var browColour = who.Hair.Mix(who.Skin, 0.15f) * 0.75f;
        var brow = browColour.Luma() > who.Skin.Luma() - 0.12f ? who.Skin * 0.55f : browColour;
        for (int side = 0; side < 2; side++)
        {
            float inwards = side == 0 ? 0.12f : -0.12f;
            _canvas.Ellipse(f[3 + side], 0.138f, who.Brows, pose.Roll - (inwards * 0.8f), flat with { Colour = brow }, bend: -0.03f);
        }

        if (who.Glasses > 0)
        {
            var frame = new Paint(new Rgb(0.1f, 0.09f, 0.1f)) { Round = 0, Alpha = who.Glasses };
            _canvas.Ellipse(f[1], 0.19f, 0.15f, pose.Roll, frame, ring: 0.032f);
            _canvas.Ellipse(f[2], 0.19f, 0.15f, pose.Roll, frame, ring: 0.032f);
        }

        var bridge = (f[1] + f[2]) / 2;
        _canvas.Capsule(bridge, f[5], 0.022f, 0.04f * who.Nose, new Paint(who.Skin * 1.06f) { Round = 0.5f });
        _canvas.Ellipse(f[5] + at.Turn(0, 0.018f), 0.062f * who.Nose, 0.032f, pose.Roll, new Paint(who.Skin * 0.68f) { Round = 0 });
        _canvas.Ellipse(f[5], 0.05f * who.Nose, 0.032f, pose.Roll, new Paint(who.Skin * 1.04f) { Round = 0.3f });
        PaintMouth(f[6], face, at, pose);
    }

    private void PaintEye(Vector2 centre, float side, FacePose pose)
    {
        float open = 1 - pose.Blink, width = 0.155f * who.Eyes * (1 - (0.1f * side * pose.Yaw)), height = 0.105f * who.Eyes;
        float gap = Math.Max(height * open, 0.004f);
        // The lower lid hardly moves; the upper one closes onto it.
        var frame = new Frame(centre, pose.Roll);
        var middle = frame.Point(0, (height - gap) * 0.6f);
        var flat = new Paint(default) { Round = 0 };
        // Skin of the lid, seen when the eye is closed, then the dark line of the lashes.
        _canvas.Ellipse(centre, width * 1.02f, height * 1.02f, pose.Roll, flat with { Colour = who.Skin * 0.84f });
        var lash = flat with { Colour = new Rgb(0.09f, 0.06f, 0.06f) };
        _canvas.Ellipse(middle - frame.Turn(0, 0.012f), width * 1.1f, gap + 0.022f, pose.Roll, lash, bend: -0.02f * pose.Blink);
        if (open < 0.1f)
        {
            return;
        }

        _canvas.Ellipse(middle, width, gap, pose.Roll, flat with { Colour = new Rgb(0.96f, 0.95f, 0.94f) });
        var clip = new EllipseClip(middle, width, gap, frame.Turn(1, 0));
        var iris = frame.Point((0.064f * pose.Gaze) + (0.012f * pose.Yaw), 0.01f * pose.Pitch);
        _canvas.Ellipse(iris, 0.075f, 0.083f, pose.Roll, flat with { Colour = who.Iris }, clip: clip);
        _canvas.Ellipse(iris, 0.04f, 0.044f, pose.Roll, flat with { Colour = new Rgb(0.03f, 0.03f, 0.03f) }, clip: clip);
    }

    private void PaintMouth(Vector2 centre, FaceLayout face, Frame at, FacePose pose)
    {
        float width = face.MouthWidth, open = face.Opening, bend = 0.058f * pose.Smile;
        var flat = new Paint(who.Lips) { Round = 0.25f };
        _canvas.Ellipse(centre, width, open + who.LipFullness + 0.008f, pose.Roll, flat, bend);
        float inside = Math.Max(open, 0.006f);
        var dark = new Paint(new Rgb(0.13f, 0.03f, 0.04f)) { Round = 0 };
        _canvas.Ellipse(centre, width * 0.84f, inside, pose.Roll, dark, bend);
        if (open > 0.02f)
        {
            var clip = new EllipseClip(centre, width * 0.84f, inside, at.Turn(1, 0));
            var tongue = new Paint(new Rgb(0.68f, 0.25f, 0.27f)) { Round = 0 };
            _canvas.Ellipse(centre + at.Turn(0, open * 0.85f), width * 0.55f, open * 0.55f, pose.Roll, tongue, clip: clip);
            var teeth = new Paint(new Rgb(0.95f, 0.94f, 0.9f)) { Round = 0 };
            _canvas.Ellipse(centre - at.Turn(0, open * 0.95f), width * 0.62f, open * 0.48f, pose.Roll, teeth, clip: clip);
        }
    }

    /// <summary>The head's own axes: u to its right, v down.</summary>
    private readonly struct Frame(Vector2 origin, float roll)
    {
        private readonly Vector2 _right = new((float)Math.Cos(roll), (float)Math.Sin(roll));

        public Vector2 Turn(float u, float v) => new((u * _right.X) - (v * _right.Y), (u * _right.Y) + (v * _right.X));

        public Vector2 Point(float u, float v) => origin + Turn(u, v);
    }
}
