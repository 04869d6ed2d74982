

def test_a_channel_of_an_interface_has_a_number_too():
    names = Manager(booted("CISCO886-K9").routers["R1"]).column("1.3.6.1.2.1.2.2.1.2")
    assert {b"BRI0", b"BRI0:1", b"BRI0:2"} <= set(names.values())
