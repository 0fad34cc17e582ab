#!/usr/bin/env python3
"""Makes the small .onnx files beside it that are not cases of others, once; they are frozen. Made with onnx 1.23."""
import numpy as np, onnx, os
from onnx import helper as h, TensorProto as T, numpy_helper as n
def save(name, nodes, ins, outs, inits=(), meta=None, opset=17, ml=True, ir=10, sparse=(), functions=()):
    g=h.make_graph(nodes,name,ins,outs,list(inits), sparse_initializer=list(sparse))
    m=h.make_model(g,ir_version=ir,opset_imports=[h.make_opsetid("",opset)]+([h.make_opsetid("ai.onnx.ml",3)] if ml else []), functions=list(functions))
    if meta: h.set_model_props(m,meta)
    onnx.save(m,name+".onnx"); return m
v=h.make_tensor_value_info
save("emoji-keys",[h.make_node("LabelEncoder",["x"],["y"],domain="ai.onnx.ml",keys_strings=["😀","a","𠮷野家"],values_int64s=[7,1,9],default_int64=-1)],[v("x",T.STRING,["N"])],[v("y",T.INT64,["N"])])
save("emoji-port",[h.make_node("Identity",["x😀"],["y"])],[v("x😀",T.FLOAT,["N"])],[v("y",T.FLOAT,["N"])])
for name,t in dict(uint32=T.UINT32,uint64=T.UINT64,uint16=T.UINT16,int16=T.INT16,float8=T.FLOAT8E4M3FN,int4=T.INT4,uint4=T.UINT4,f4=T.FLOAT4E2M1,e5m2=T.FLOAT8E5M2,int2=T.INT2, e8m0=T.FLOAT8E8M0).items():
    save("id-"+name,[h.make_node("Identity",["x"],["y"])],[v("x",t,["N"])],[v("y",t,["N"])],opset=25 if name in('int2',) else 23 if name in ('f4',) else 24 if name=='e8m0' else 21, ir=13 if name=='int2' else 12 if name=='e8m0' else 11 if name=='f4' else 10)
for name,t in dict(uint32=T.UINT32,uint64=T.UINT64,uint16=T.UINT16,int16=T.INT16).items():
    save("cast-"+name,[h.make_node("Cast",["x"],["y"],to=t)],[v("x",T.DOUBLE,["N"])],[v("y",t,["N"])])
save("opt",[h.make_node("Optional",["x"],["y"])],[v("x",T.FLOAT,["N"])],[h.make_value_info("y",h.make_optional_type_proto(h.make_tensor_type_proto(T.FLOAT,["N"])))])
save("seq",[h.make_node("SequenceConstruct",["x","x"],["y"])],[v("x",T.FLOAT,["N"])],[h.make_tensor_sequence_value_info("y",T.FLOAT,["N"])])
w=n.from_array(np.arange(6,dtype=np.float32).reshape(3,2),"w")
w.ClearField("raw_data"); w.data_location=T.EXTERNAL
e=w.external_data.add(); e.key="location"; e.value="w.bin"
np.arange(6,dtype=np.float32).tofile("w.bin")
save("ext",[h.make_node("MatMul",["x","w"],["y"])],[v("x",T.FLOAT,["N",3])],[v("y",T.FLOAT,["N",2])],[w])
import copy
save("emoji-texts",[h.make_node("Constant",[],["y"],value=h.make_tensor("t",T.STRING,[7],[s.encode() for s in ["😀","ab😀cd","það","x","","😀"*100,"שלום e\u0301"]]))],[],[v("y",T.STRING,[7])])
m=save("emoji-meta",[h.make_node("Identity",["x"],["y"])],[v("x",T.FLOAT,["N"])],[v("y",T.FLOAT,["N"])],meta={"a":"😀 rest","k😀":"𠮷野家 end","plain":"x","n":"a\0b","r":"שלום e\u0301"})
m.producer_name="maker 😀"; m.graph.name="graph 𠮷"; onnx.save(m,"emoji-meta.onnx")
def clf(name,dims):
    w=n.from_array(np.zeros((784,2),np.float32),"w")
    save(name,[h.make_node("Cast",["img"],["f"],to=1),h.make_node("Reshape",["f","s"],["r"]),h.make_node("MatMul",["r","w"],["p"])],[v("img",T.UINT8,dims)],[v("p",T.FLOAT,["N",2])],[w,n.from_array(np.array([-1,784],np.int64),"s")],ml=False)
clf("clf-batch-2p32",[2**32,28,28,1]); clf("clf-height-2p32",["N",2**32+28,28,1])
def rows(name,b,node=None):
    w=n.from_array(np.zeros((4,1),np.float32),"w")
    save(name,[h.make_node("MatMul",["x","w"],["p"])] if not node else node,[v("x",T.FLOAT,[b,4])],[v("p",T.FLOAT,["M" if node else b,1])],[w] if not node else [],ml=False)
rows("rows-batch0",0); rows("rows-batch-2p32",2**32)
rows("rows-summed","N",[h.make_node("ReduceSum",["x"],["p"],keepdims=1)])
