using Leo.Lab.Data.Preparation;

namespace Leo.Lab.Tests.Data.Preparation;

/// <summary>TaichiHD's layout with two videos and what is usually broken in it, prepared once.</summary>
public sealed class TaichiPreparation : IDisposable
{
    public TaichiPreparation()
    {
        Tree.Video("youtube-taichi/-aB_9 é.mp4")
            .Text("youtube-taichi/empty.mp4", "")
            .Text("taichi-metadata.csv", """
                video_id,start,end,bbox,fps,width,height,partition
                -aB_9 é,4,12,20-16-84-80,25.0,128,96,train
                -aB_9 é,10,16,80-40-144-104,25.0,128,96,test
                -aB_9 é,15,40,0-0-64-64,25.0,128,96,train
                -aB_9 é,40,80,0-0-64-64,25.0,128,96,train
                -aB_9 é,0,9,200-0-260-60,25.0,128,96,train
                empty,0,5,0-0-64-64,25.0,128,96,train
                gone,0,5,0-0-64-64,25.0,128,96,train
                """);
        Report = Tree.Prepare(DatasetKind.Taichi);
    }

    internal SourceTree Tree { get; } = new();

    internal PreparationReport Report { get; }

    public void Dispose() => Tree.Dispose();
}
