namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module to which functions can be attached that run before and after <c>forward</c>.</summary>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            /// <summary>Hooks that see, and may replace, the input.</summary>
            protected Dictionary<string, TPreHook> pre_hooks = [];
            /// <summary>Hooks that see input and output, and may replace the output.</summary>
            protected Dictionary<string, TPostHook> post_hooks = [];
            /// <summary>Hooks that only see the module, before it runs.</summary>
            protected Dictionary<string, Action<Module>> module_pre_hooks = [];
            /// <summary>Hooks that only see the module, after it ran.</summary>
            protected Dictionary<string, Action<Module>> module_post_hooks = [];

            /// <summary>For derived classes.</summary>
            protected HookableModule(string name) : base(name) { }

            /// <summary>Runs the hook after each <c>call</c>; its result, unless null, replaces the output.</summary>
            public HookRemover register_forward_hook(TPostHook hook) => Attach(post_hooks, hook);

            /// <summary>Runs the hook before each <c>call</c>; its result, unless null, replaces the input.</summary>
            public HookRemover register_forward_pre_hook(TPreHook hook) => Attach(pre_hooks, hook);

            /// <summary>Runs the hook after each <c>call</c>.</summary>
            public HookRemover register_forward_hook(Action<Module> hook) => Attach(module_post_hooks, hook);

            /// <summary>Runs the hook before each <c>call</c>.</summary>
            public HookRemover register_forward_pre_hook(Action<Module> hook) => Attach(module_pre_hooks, hook);

            private protected bool HasHooks
                => pre_hooks.Count + post_hooks.Count + module_pre_hooks.Count + module_post_hooks.Count > 0;

            private HookRemover Attach<T>(Dictionary<string, T> hooks, T hook)
            {
                string key = Guid.NewGuid().ToString();
                hooks.Add(key, hook);
                return new HookRemover(this, key);
            }

            /// <summary>Takes one hook off again.</summary>
            public class HookRemover
            {
                private readonly HookableModule<TPreHook, TPostHook> module;
                private readonly string key;

                /// <summary>For the hook of that key in that module.</summary>
                public HookRemover(HookableModule<TPreHook, TPostHook> module, string key)
                {
                    this.module = module;
                    this.key = key;
                }

                /// <summary>Takes the hook off; a second call does nothing.</summary>
                public void remove()
                {
                    if (module.pre_hooks.Remove(key) || module.post_hooks.Remove(key)) return;
                    if (!module.module_pre_hooks.Remove(key)) module.module_post_hooks.Remove(key);
                }
            }
        }
    }
}
